"""What our accounts show that nobody here sent: seen, alarmed, answered."""
