"""What the English frames say of groups of people, by kind of group where it matters."""

SAID = """
== neutral
have lived in this street for thirty years
pay the same taxes as everyone else
are meeting on Thursday at the library
asked the council for a later bus
run the flower shop on the corner
vote in the county elections this spring
make up four per cent of the town
rent the hall every second Sunday
were counted separately in the last census
play in the Wednesday league
get a discount on the guided tour
are invited to the planning meeting
have a new club room behind the station
celebrate their festival in March
answered the survey most often
can register at counter five
work nights in the parcel centre
appear in two chapters of the book
were interviewed for the radio series
mostly shop at the covered market
run a food stall at the summer fair
have an association with eighty members
took part in the road safety course
organise the flea market this year
were the subject of last night's lecture
drink tea with the mayor once a year
are hardly mentioned in the school books
attend the evening classes in room 12
== positive
make this street a better place
were the first to help after the flood
cook the best food at the street party
deserve every bit of this success
brought life back to our high street
are the heart of our choir
looked after my mother like their own
taught me more than any school
have always been kind to us
make wonderful neighbours
stood by us when the factory closed
keep our hospital running
bring so much joy to the festival
saved our village shop
are funny, generous and brave
wrote some of the finest songs I know
gave my children a second home
play the most beautiful football in the league
repaired half the bikes in town for free
make me proud to live here
have earned all our respect
turned the empty lot into a garden
gave a concert that moved us to tears
cheered loudest for our little team
are as welcome here as anybody
light up this boring town
== hate
are parasites
are vermin
are a plague on this town
are worth less than the rest of us
cannot be trusted
are all liars
do not belong here
disgust everyone
make you sick
bring nothing but trouble
are too stupid to run anything
are a waste of public money
should be kept away from decent people
have no place in our schools
should be banned from public life
+threat deserve every kick they get
are an embarrassment to the human race
drag everything down
should know their place
are barely human
ruin everything they touch
should stay out of sight
are not normal
have no right to complain about anything
should never be put in charge of anyone
should be grateful we put up with them
only think of themselves and of handouts
are a disease
poison our society
do not deserve the same rights
are the reason this country is finished
should not be allowed to have children
are good for nothing
are beneath us
get everything handed to them and still whine
have the brains of a gnat
should be put on an island far away
do not count as real people
spoil the view
should be laughed out of the room
== hate_origin
should all be sent back
breed like rats
are taking over our streets
come here only to live off us
steal anything that is not nailed down
will never be real citizens
are born criminals
bring their filth with them
should sweep our streets and be quiet
are invading us
turn every block into a slum
== hate_religion
worship a lie and want to force it on us
should pray in a hole where nobody sees them
all plot against us
secretly control the news
want to replace us
are fanatics, every last one
hide behind their holy book
teach their children to hate us
== hate_colour
are only good for running and dancing
are lazy by nature
smell different, we all know it
should go back to the jungle
are an inferior race
are criminals from the cradle
should not marry our daughters
should not mix with us
== hate_orientation
are sick in the head
are against nature
should be cured by force
are a danger to every family
push their filth in our faces
should stay in the closet
are perverts
turn our schools into a circus
== hate_trans
are freaks in costumes
are delusional
are a danger in every changing room
should be kept off the streets
are sick in the head
fool nobody
are making up a disease to get attention
== hate_woman
belong in the kitchen
are too emotional to lead
only get hired for their looks
cannot drive, think or count
should obey their men
lie about everything that happens to them
ruin every workplace
should keep their mouths shut
== hate_disability
are a burden on everyone
should be kept in a home, out of sight
cost more than they are worth
hold everybody else back
only use it to get pity and money
should not have been born
scare away the customers
are not fit for a real job
== hate_age
+threat cost a fortune and should hurry up and die
should not be allowed to vote any more
are useless ballast
smell of mothballs and should stay indoors
are too senile to be let out
are a dead weight
steal our future and dribble on it
+threat should be put down kindly
"""
