"""What the demo brand says, in English and in French. Each language is written, not translated."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One post of the month. scene: which picture it has ("" for none); alt: its text.

    day: days from today; hour: on the brand's wall. fate: draft, review, scheduled, now.
    quays: how many of the practice channels it is for.
    """

    day: int
    hour: int
    text: str
    fate: str = "scheduled"
    scene: str = ""
    alt: str = ""
    quays: int = 2


@dataclass(frozen=True)
class Brand:
    name: str
    people: tuple[tuple[str, str, str], ...]  # name, address before the @, role
    quays: tuple[str, str, str]
    stories: tuple[Story, ...]


ENGLISH = Brand(
    name="Lighthouse Café",
    people=(
        ("Maya Stone", "maya", "owner"),
        ("Ann Reed", "ann", "author"),
        ("Bob Hale", "bob", "approver"),
        ("Iris Agency", "iris", "agency"),
        ("Victor Dale", "victor", "viewer"),
    ),
    quays=("lighthouse-news", "lighthouse-kitchen", "lighthouse-jobs"),
    stories=(
        Story(0, 9, "We are open. The first coffee is for whoever brings in the newspaper.", "now",
              "dawn", "The lighthouse at dawn, its lamp still lit, over a calm sea."),
        Story(0, 10, "Soup of the day: leek and mussels. Until it is gone.", "now", quays=1),
        Story(1, 9, "Low tide at eleven. Boots welcome, sand forgiven.", scene="day",
              alt="The white lighthouse under a clear sky, the sea far out."),
        Story(2, 12, "Thursday is chess night. Beginners play white.", quays=1),
        Story(3, 18, "Our oven rests on Monday. So do we.", "review"),
        Story(4, 9, "Saturday market: find us between the cheese and the nets.", scene="day",
              alt="A sunny harbour with the lighthouse in the distance."),
        Story(6, 11, "New on the wall: forty years of storms, photographed by our keeper.",
              scene="storm", alt="A dark sea and high waves around the lighthouse."),
        Story(8, 9, "We are looking for a second pair of hands on weekends. Write to us.", quays=3),
        Story(10, 17, "Fog horn concert, Sunday at five. Bring a coat and a friend.", "review",
              "dusk", "The lighthouse against an orange evening sky."),
        Story(12, 9, "One year without a paper cup. Thank you for bringing your own.", quays=3),
        Story(14, 12, "The pears are in. Tart from Wednesday on.", quays=1),
        Story(16, 9, "Reading hour for small sailors: Saturday at ten, by the stove."),
        Story(19, 18, "Late opening for the longest night. Soup, candles, no music.", "review",
              "dusk", "Evening light on the water beside the lighthouse."),
        Story(22, 9, "Closed for the holidays from the 24th. Back with the new year.", "draft"),
        Story(25, 10, "What should we bake in January? Ideas for the board are welcome.", "draft"),
    ),
)  # fmt: skip

FRENCH = Brand(
    name="Café du Phare",
    people=(
        ("Maya Pierre", "maya", "owner"),
        ("Anne Roseau", "anne", "author"),
        ("Basile Hallé", "basile", "approver"),
        ("Agence Iris", "iris", "agency"),
        ("Victor Vallon", "victor", "viewer"),
    ),
    quays=("phare-nouvelles", "phare-cuisine", "phare-emplois"),
    stories=(
        Story(0, 9, "C’est ouvert. Le premier café est pour qui rentre le journal.", "now",
              "dawn", "Le phare à l’aube, lampe encore allumée, sur une mer calme."),
        Story(0, 10, "Soupe du jour : poireaux et moules. Jusqu’à la dernière louche.", "now", quays=1),
        Story(1, 9, "Marée basse à onze heures. Bottes bienvenues, sable pardonné.", scene="day",
              alt="Le phare blanc sous un ciel clair, la mer au loin."),
        Story(2, 12, "Jeudi, soirée échecs. Les débutants ont les blancs.", quays=1),
        Story(3, 18, "Lundi, le four se repose. Nous aussi.", "review"),
        Story(4, 9, "Marché du samedi : nous sommes entre le fromage et les filets.", scene="day",
              alt="Un port au soleil, le phare au fond."),
        Story(6, 11, "Au mur : quarante ans de tempêtes, photographiées par notre gardien.",
              scene="storm", alt="Une mer sombre et de hautes vagues autour du phare."),
        Story(8, 9, "Nous cherchons une deuxième paire de mains le week-end. Écrivez-nous.", quays=3),
        Story(10, 17, "Concert de corne de brume, dimanche à cinq heures. Prenez un manteau.",
              "review", "dusk", "Le phare sur un ciel du soir orangé."),
        Story(12, 9, "Un an sans gobelet en papier. Merci d’apporter le vôtre.", quays=3),
        Story(14, 12, "Les poires sont là. Tarte à partir de mercredi.", quays=1),
        Story(16, 9, "L’heure du conte pour petits marins : samedi à dix heures, près du poêle."),
        Story(19, 18, "Ouverture tardive pour la plus longue nuit. Soupe, bougies, pas de musique.",
              "review", "dusk", "La lumière du soir sur l’eau, à côté du phare."),
        Story(22, 9, "Fermé pour les fêtes à partir du 24. De retour avec la nouvelle année.", "draft"),
        Story(25, 10, "Que cuire en janvier ? Le tableau attend vos idées.", "draft"),
    ),
)  # fmt: skip

BRANDS = {"en": ENGLISH, "fr": FRENCH}
