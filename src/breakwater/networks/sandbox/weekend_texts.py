"""The words of the bad week-end, in English and in French. Each language is written, not translated."""

from dataclasses import dataclass

Said = tuple[tuple[str, str], ...]
"""Who, and what."""


@dataclass(frozen=True)
class Weekend:
    """storm: abuse about one thing, each by somebody else of the crowd. late: one complaint of many,
    the waiters. odd: the threat, and who only sells. private: messages to the account alone, of
    which the first is of somebody in danger."""

    crowd: str
    waiter: str
    storm: tuple[str, ...]
    late: tuple[str, ...]
    asked: Said
    kind: Said
    private: Said
    odd: Said


ENGLISH = Weekend(
    crowd="Seal friend",
    waiter="Jo Waiting",
    storm=(
        "You fucking bastards threw stones at the seal, rot in hell",
        "Disgusting seal killers, you are filthy pigs and scum",
        "Fuck you and your fucking café, poor seal, you vile bastards",
        "You sick fucks hurt a seal, worthless pieces of shit",
        "Seal haters, you are the scum of the earth, fuck off",
        "What a bunch of fucking idiots, leave the seal alone you pigs",
        "You are shit, all of you, stupid seal-killing morons",
        "Stupid fucking cunts, the seal did nothing to you",
        "You filthy animals, the seal is worth more than you bastards",
        "Pathetic fucking losers who hurt seals, go to hell",
        "Fucking scum, I hope you choke on it, the poor seal",
        "You dumb bitches and bastards, hands off the seal",
        "Seal murderers, you disgusting fucking pigs",
        "Piece of shit café, piece of shit people, poor seal",
        "You are idiots and arseholes, every fucking one, the seal knows",
        "Shame on you fucking bastards, stones at a seal, you are filth",
        "Fucking seal torturers, you are disgusting pieces of shit",
        "You bastards hate seals, we hate you, fucking scum",
        "Burn in hell, seal killers, you filthy fucking pigs",
        "Every one of you is a piece of shit, leave the seal alone",
    ),
    late=(
        "My parcel of biscuits still has not arrived, two weeks late now.",
        "Still waiting for my delivery of biscuits, it never arrived.",
        "The delivery is late again and nobody says why.",
        "The biscuit delivery is late, the courier never came.",
        "Three weeks late and no parcel, terrible delivery.",
        "My order never arrived, the delivery is a joke.",
        "Two weeks and the parcel has still not arrived.",
        "Late delivery again, my parcel never came.",
        "I am still waiting, my order is two weeks late.",
        "No parcel, no news, the delivery is very late.",
        "The parcel never arrived, so late, I am disappointed.",
        "The courier is late, my order of biscuits never came.",
        "Delivery two weeks late, I want my parcel.",
        "My parcel is late, nobody answers about the delivery.",
        "Late, late, late: the delivery never arrived.",
        "Where is my parcel? Order 48213 is two weeks late.",
        "Delivery late again, you lazy fucking idiots, where is my parcel?",
    ),
    asked=(
        ("Kim Holloway", "When do you open on Sunday?"),
        ("Leo Marsh", "Do you have gluten-free cake?"),
        ("Ada Quill", "Can I bring my dog on the terrace?"),
        ("Noor Vale", "Could you please send me the menu for a group of twelve?"),
        ("Pia Dunn", "Is the ramp by the door wide enough for a wheelchair?"),
        ("Rob Thorne", "Can you please book a table for two on Friday at seven?"),
        ("Sol Ferry", "Your waiter was rude on Saturday and the soup was cold."),
        ("Tess Brook", "I was charged twice for one coffee yesterday. Please refund it."),
    ),
    kind=(
        ("Una Lark", "Thank you so much, you were wonderful, I love this place!"),
        ("Vic Stone", "Best chowder on the coast, thank you!"),
        ("Wren Hill", "What a lovely morning we had with you, thank you all."),
        ("Xan Moor", "Great coffee, great people. I love it."),
        ("Yara Pool", "You made my mother so happy on her birthday, thank you!"),
        ("Abe Sand", "You are the best, thank you for the lovely evening!"),
        ("Bea Rock", "I love your new lamp, it is beautiful. Thank you!"),
        ("Cy Wharf", "Delicious, wonderful, see you soon!"),
        ("Dot Mast", "Bravo to all of you, what a great team!"),
        ("Zed Cole", "Wonderful service as always, thank you so much!"),
    ),
    private=(
        ("Mara Finch", "I cannot go on any more, I want to kill myself tonight"),
        ("Ola Reef", "Hello, do you have a job for the summer?"),
    ),
    odd=(
        ("Grim Tide", "I know where you live. I will come tonight and break your legs, Maya."),
        ("Easy Money", "EARN $5000 a week from home!!! Click https://rich.example/now to buy now"),
        ("Gus Ire", "You are a useless stupid bitch, Maya"),
    ),
)
FRENCH = Weekend(
    crowd="Ami des phoques",
    waiter="Jo Patience",
    storm=(
        "Bande de connards, vous avez jeté des pierres au phoque, allez crever",
        "Sales porcs, tueurs de phoques, vous êtes des ordures",
        "Allez vous faire foutre avec votre café de merde, pauvre phoque",
        "Espèces d’enculés, faire du mal à un phoque, vous êtes des déchets",
        "Vous êtes des ordures, bande de salauds, laissez le phoque",
        "Quelle bande d’abrutis, pauvre phoque, sales cons",
        "Bande de merdes, tueurs de phoque, sales connards",
        "Bande de salopes et de connards, le phoque ne vous a rien fait",
        "Sales ordures, le phoque vaut mieux que vous, connards",
        "Bande de minables, faire du mal au phoque, allez vous faire enculer",
        "Ordures, crevez la bouche ouverte, pauvre phoque",
        "Connards de merde, ne touchez pas au phoque",
        "Tueurs de phoque, vous êtes des porcs dégueulasses",
        "Café de merde, gens de merde, pauvre phoque, bande de connards",
        "Vous êtes des cons et des enfoirés, le phoque le sait",
        "Honte à vous bande d’enculés, des pierres sur un phoque, raclures",
        "Sales bourreaux de phoque, vous êtes des merdes dégueulasses",
        "Bande de connards, vous détestez les phoques, sales ordures",
        "Brûlez en enfer, tueurs de phoque, sales porcs de merde",
        "Vous êtes tous des salauds et des connards, laissez le phoque",
    ),
    late=(
        "Mon colis de biscuits n’est toujours pas arrivé, deux semaines de retard.",
        "J’attends toujours ma livraison de biscuits, elle n’est jamais arrivée.",
        "La livraison est encore en retard et personne ne dit pourquoi.",
        "La livraison des biscuits est en retard, le livreur n’est jamais venu.",
        "Trois semaines de retard et pas de colis, livraison lamentable.",
        "Ma commande n’est jamais arrivée, la livraison est une plaisanterie.",
        "Deux semaines et le colis n’est toujours pas arrivé.",
        "Encore une livraison en retard, mon colis n’est jamais venu.",
        "J’attends toujours, ma commande a deux semaines de retard.",
        "Pas de colis, pas de nouvelles, la livraison est très en retard.",
        "Le colis n’est jamais arrivé, quel retard, je suis déçue.",
        "Le livreur est en retard, ma commande de biscuits n’est jamais venue.",
        "Livraison en retard de deux semaines, je veux mon colis.",
        "Mon colis est en retard, pas de réponse au sujet de la livraison.",
        "Du retard, toujours du retard : la livraison n’est jamais arrivée.",
        "Où est mon colis ? Quand arrive la livraison 48213 ?",
        "Livraison encore en retard, bande de connards, où est mon colis ?",
    ),
    asked=(
        ("Camille Roche", "À quelle heure ouvrez-vous dimanche ?"),
        ("Léo Marais", "Avez-vous un gâteau sans gluten ?"),
        ("Ada Plume", "Puis-je venir avec mon chien en terrasse ?"),
        (
            "Noor Vallée",
            "Pourriez-vous m’envoyer le menu pour un groupe de douze, s’il vous plaît ?",
        ),
        ("Pia Dune", "La rampe de l’entrée est-elle assez large pour un fauteuil roulant ?"),
        ("Robin Épine", "Pouvez-vous réserver une table pour deux vendredi à dix-neuf heures ?"),
        ("Solène Bac", "Votre serveur a été désagréable samedi et la soupe était froide."),
        ("Tess Ruisseau", "On m’a compté deux fois un café hier. Merci de me rembourser."),
    ),
    kind=(
        ("Una Alouette", "Merci infiniment, vous avez été merveilleux, j’adore cet endroit !"),
        ("Victor Pierre", "La meilleure soupe de la côte, merci !"),
        ("Wanda Colline", "Quelle belle matinée chez vous, merci à toute l’équipe."),
        ("Xavier Lande", "Excellent café, des gens formidables. J’adore."),
        ("Yara Étang", "Vous avez rendu ma mère si heureuse pour son anniversaire, merci !"),
        ("Abel Sable", "Vous êtes les meilleurs, merci pour cette belle soirée !"),
        ("Béa Rocher", "J’adore votre nouvelle lampe, elle est magnifique. Merci !"),
        ("Cyril Quai", "Délicieux, merveilleux, à bientôt !"),
        ("Dora Mât", "Bravo à toute l’équipe, vous êtes formidables !"),
        ("Zoé Charbon", "Un service parfait comme toujours, merci beaucoup !"),
    ),
    private=(
        ("Mara Pinson", "Je n’en peux plus, je veux me tuer ce soir"),
        ("Ola Récif", "Bonjour, avez-vous un emploi pour l’été ?"),
    ),
    odd=(
        ("Marée Sombre", "Je sais où tu habites, Maya. Je vais te casser les jambes."),
        (
            "Argent Facile",
            "GAGNEZ 5000 € par semaine chez vous !!! Cliquez https://riche.example/vite",
        ),
        ("Guy Rage", "Tu es une sale conne inutile, Maya"),
    ),
)
