"""What the French frames say of groups of people, by kind of group where it matters."""

SAID = """
== neutral
vivent dans cette rue depuis trente ans
paient les mêmes impôts que tout le monde
se réunissent jeudi à la médiathèque
ont demandé un bus plus tardif
tiennent la fleuriste du coin
votent aux municipales
représentent quatre pour cent de la commune
louent la salle un dimanche sur deux
étaient <comptés/comptées> à part au dernier recensement
jouent en championnat le mercredi
ont un tarif réduit pour la visite
sont <invités/invitées> à la réunion de quartier
ont un nouveau local derrière la gare
fêtent le printemps en mars
ont le plus répondu au questionnaire
peuvent s'inscrire au guichet 5
travaillent de nuit au centre de tri
apparaissent dans deux chapitres du livre
ont parlé à la radio locale
font surtout leurs courses aux halles
tiennent un stand à la fête d'été
ont une association de quatre-vingts membres
ont suivi le stage de sécurité routière
organisent le vide-grenier cette année
prennent le thé avec la maire une fois par an
sont à peine <cités/citées> dans les manuels
suivent les cours du soir en salle 12
ont leur carré au vieux cimetière
== positive
rendent cette rue plus belle
étaient <les premiers/les premières> à aider après la crue
cuisinent le mieux à la fête des voisins
méritent tout ce succès
ont réveillé notre centre-ville
sont le cœur de notre chorale
ont veillé sur ma mère comme sur la leur
m'ont plus appris que l'école
ont toujours été <adorables/adorables> avec nous
font des voisins en or
nous ont soutenus quand l'usine a fermé
font tourner notre hôpital
mettent tant de joie dans ce festival
ont sauvé l'épicerie du village
sont drôles et <généreux/généreuses>
ont écrit les plus belles chansons que je connaisse
ont offert une deuxième famille à mes enfants
jouent le plus beau foot de la poule
réparent gratuitement les vélos de toute la ville
me rendent fier d'habiter ici
ont gagné notre respect
ont transformé la friche en jardin
nous ont donné un concert à pleurer
ont crié le plus fort pour notre petite équipe
sont <bienvenus/bienvenues> ici comme tout le monde
mettent du soleil dans cette ville
== hate
sont des parasites
sont de la vermine
sont une plaie pour cette ville
valent moins que nous
ne sont pas dignes de confiance
sont <tous des menteurs/toutes des menteuses>
n'ont rien à faire ici
dégoûtent tout le monde
donnent envie de vomir
n'apportent que des ennuis
sont trop bêtes pour diriger quoi que ce soit
coûtent un pognon fou et ne servent à rien
devraient vivre loin des gens bien
n'ont pas leur place dans nos écoles
devraient être <interdits/interdites> de parole
+threat méritent tous les coups
font honte à l'humanité
tirent tout vers le bas
devraient rester à leur place
sont à peine <humains/humaines>
salissent tout ce qu'<ils/elles> touchent
devraient se cacher
ne sont pas <normaux/normales>
n'ont pas à se plaindre
ne devraient jamais commander personne
devraient nous remercier de les supporter
ne pensent qu'à leur pomme et aux aides
sont une maladie
empoisonnent la société
ne devraient pas avoir les mêmes droits
sont la cause de tous nos malheurs
ne devraient pas avoir le droit de faire des enfants
sont <bons/bonnes> à rien
sont une sous-espèce
ont tout gratis et chialent encore
ont un petit pois à la place du cerveau
devraient être <envoyés/envoyées> sur une île
ne sont pas de vraies personnes
gâchent le paysage
== hate_origin
devraient <tous être renvoyés/toutes être renvoyées> d'où <ils/elles> viennent
se reproduisent comme des rats
ont pris toutes nos rues
viennent uniquement pour les allocs
volent tout ce qui n'est pas vissé
ne seront jamais de vrais <Français/Françaises>
ont le crime dans le sang
ramènent leur crasse avec <eux/elles>
devraient balayer et se taire
nous envahissent
transforment chaque immeuble en taudis
== hate_religion
veulent nous imposer leurs sornettes
devraient prier dans une cave
complotent <tous/toutes> contre nous
tiennent les médias en douce
veulent nous remplacer
sont des fanatiques, <tous/toutes> sans exception
se cachent derrière leur livre
apprennent la haine à leurs gosses
== hate_colour
ne sont <bons/bonnes> qu'à courir et danser
sont <paresseux/paresseuses> de nature
ont une odeur, on le sait bien
devraient retourner dans la jungle
sont une race inférieure
sont <délinquants/délinquantes> au berceau
ne devraient pas épouser nos enfants
ne devraient pas se mélanger à nous
== hate_orientation
sont malades dans leur tête
vont contre la nature
devraient être <soignés/soignées> de force
mettent toutes les familles en danger
nous étalent leurs cochonneries
devraient rester au placard
sont des <pervers/perverses>
font de l'école un cirque
== hate_trans
sont des monstres déguisés
délirent complètement
sont un danger dans les vestiaires
ne devraient pas sortir dans la rue
sont malades dans leur tête
ne trompent personne
s'inventent une maladie pour qu'on les regarde
== hate_woman
ont leur place à la cuisine
sont trop émotives pour diriger
doivent leur poste à leur décolleté
ne savent ni conduire, ni penser, ni compter
devraient obéir à leur homme
mentent sur tout ce qui leur arrive
pourrissent l'ambiance au bureau
feraient mieux de la boucler
== hate_disability
sont un poids pour tout le monde
devraient rester en institution, hors de vue
coûtent plus qu'<ils/elles> ne rapportent
retardent tous les autres
jouent là-dessus pour la pitié et l'argent
n'auraient pas dû naître
font fuir les clients
ne peuvent pas faire un vrai métier
== hate_age
+threat coûtent une fortune, vivement que ça crève
ne devraient plus voter
sont du poids mort
puent la naphtaline
sont trop séniles pour sortir
bouffent nos retraites et la place dans le bus
nous volent l'avenir en bavant dessus
+threat devraient être <piqués/piquées> comme les vieux chiens
"""
