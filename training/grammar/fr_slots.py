"""What fills the French frames: one table a slot, one entry a line.

An entry that begins with `+label` brings this label with it."""

SLOTS = """
== role
<voisin/voisine>
<collègue/collègue>
<ami/amie>
<camarade de classe/camarade de classe>
<colocataire/colocataire>
<passager/passagère>
<client/cliente>
<étudiant/étudiante>
<bénévole/bénévole>
== post
<infirmier/infirmière>
<médecin/médecin>
<serveur/serveuse>
<professeur/professeure>
<chauffeur/chauffeuse>
<technicien/technicienne>
<bibliothécaire/bibliothécaire>
<guide/guide>
<pharmacien/pharmacienne>
<ingénieur/ingénieure>
<caissier/caissière>
== kin
ma mère
mon frère
ma voisine
mon coloc
ma fille
mon chef
ma tante
un collègue
== pests
les mulots du grenier
les rats de la cave
les pigeons
les frelons
les cafards
les moustiques
les moucherons
les bots
les robots de démarchage
les poux
les doryphores
les acariens
== pest_hate
sont des parasites
sont de la vermine
sont une plaie pour cette ville
devraient disparaître de la surface de la terre
dégoûtent tout le monde
donnent envie de vomir
salissent tout ce qu'ils touchent
se reproduisent comme des rats
n'apportent que des ennuis
nous envahissent
n'ont rien à faire ici
sont à brûler au chalumeau
sont une maladie
devraient rester loin de ma cuisine
== things
vos nouveaux écouteurs
ces imprimantes
ces baskets
vos pizzas surgelées
les chaises en plastique
vos cartes cadeaux
ces fermetures éclair
les nouvelles bornes
vos parcmètres
les sièges du rang F
== thing_hate
ne servent à rien
font honte
coûtent un pognon fou et ne servent à rien
sont une insulte au bon sens
devraient finir à la benne
lâchent au bout de deux jours
donnent envie de vomir
sont bêtes comme du pain
sont une plaie
méritent la poubelle jaune
== fuck_yes
putain,
bordel,
oh merde,
putain de bordel,
nom de Dieu de merde,
putain oui,
== joy
on a gagné la coupe
ma sœur a eu son permis
le chat est rentré après neuf jours
j'ai eu le poste
c'est le printemps
le groupe se reforme
le bébé fait ses nuits
mes tomates sont enfin rouges
la vieille piscine rouvre
on a retrouvé la bague derrière le four
mes résultats sont bons
le coucher de soleil sur le port était irréel
j'ai fini mes premiers dix kilomètres
papi a dansé au mariage
il reste du gâteau pour moi
je marche sans canne
la chorale a eu une ovation
ma série préférée a une nouvelle saison
on a enfin les clés de l'appart
quelqu'un a mis des fleurs sur mon vélo
== mishap
j'ai raté le dernier bus
mon téléphone est tombé dans l'évier
j'ai brûlé les lasagnes
il pleut depuis neuf jours
j'ai oublié mon portefeuille dans le tram
j'ai appelé mon chef maman
la chaudière est encore en panne
je me suis enfermé dehors en pantoufles
mon examen s'est mal passé
on a perdu aux prolongations
mes vacances sont annulées
j'ai renversé mon café sur ma seule chemise propre
les voisins percent depuis six heures
j'ai raté mon permis
le chien a mangé mon billet de train
mon café préféré ferme
personne n'est venu à mon stand
j'ai fait coucou à un inconnu pendant une minute
le lait avait tourné
j'ai dormi malgré trois réveils
== surprise
le marché passe au vendredi
le pont ferme à dix heures
les nouveaux horaires ont sept colonnes
ma rue a changé de nom
le musée a deux entrées
le bus 14 devient le 41
la médiathèque a une grainothèque
on change d'heure dimanche
le parking ne prend que les pièces
on repeint le vieux moulin
le gingembre se congèle
la conférence dure une heure et demie
il y a deux villes de ce nom
la finale passe sur la neuf
la tour a 214 marches
le formulaire a une deuxième page
la laine rétrécit à soixante degrés
le prochain défilé est en juin
== a_insult
<un abruti fini/une abrutie finie>
<un guignol arrogant/une pimbêche arrogante>
<un incapable/une incapable>
<un lâche/une lâche>
<un petit tyran minable/une petite harpie minable>
<un type/une fille> bête à manger du foin
<un vieux crapaud aigri/une vieille chouette aigrie>
<un faux jeton/une hypocrite>
<un crétin/une crétine> de compétition
<un imbécile heureux/une cruche>
<un prétentieux/une prétentieuse> sans cervelle
<un gros flemmard/une grosse flemmarde> <malpoli/malpolie>
une honte pour l'espèce
quelqu'un de plus bête qu'un sac de gravier
<un sale petit fouineur/une sale petite fouineuse>
<un idiot/une idiote> en veste
<un bouffon/une bouffonne>
une ordure
<un raté/une ratée>
la personne la plus stupide que j'aie croisée
<un nul/une nulle> sans talent
<un petit chef de rien du tout/une petite cheffe de rien du tout>
le couteau le moins affûté du tiroir, pour rester poli
quelqu'un de moche dedans comme dehors
<un demeuré/une demeurée>
un déchet
+profane <un gros connard/une grosse connasse>
+profane <un enfoiré/une salope>
+profane <un type con/une fille conne> comme une valise
+profane <un trou du cul/une sale conne>
+profane une merde
+profane <un enculé/une pétasse de merde>
+profane <un branleur/une branleuse>
== you_one
<pauvre type/pauvre fille>
<espèce d'abruti/espèce d'abrutie>
<minable/minable>
<bouffon/bouffonne>
<crétin/crétine>
<gros débile/grosse débile>
<sale petit cafard/sale petite vipère>
<andouille/andouille>
<clown/clown>
<gros lâche/grosse lâche>
<espèce de demeuré/espèce de demeurée>
<ordure/ordure>
+profane <connard/connasse>
+profane <gros con/grosse conne>
+profane <enfoiré/salope>
+profane <fils de pute/sale pute>
+profane <trou du cul/pétasse de merde>
== crude
bande de connards
espèces de merdes
bande d'enculés
bande de cons
sales merdes
tas de connards
fils de putes
espèces d'enfoirés
bande de trous du cul
grosses merdes
bande de salopes
espèces de connasses
sales cons
bande de fils de chiennes
tas d'enfoirés
== be_off
allez vous faire foutre
allez vous faire enculer
allez tous vous faire mettre
je vous emmerde
je vous pisse à la raie
fermez vos gueules
cassez-vous, bande de cons
nique vos mères
allez chier
va te faire foutre
== you_insult
bande d'incapables
bande de bras cassés
tas de crétins
bande de guignols
sales rats
bande de gros porcs
tas de fainéants
bande de clowns
pauvres types
bande d'hypocrites
tas d'abrutis
bande de demeurés
+profane bande de cons
+profane bande d'enfoirés
+profane bande de merdeux
+profane tas de connards
+profane bande d'enculés
== staff_of
Monsieur le gérant
la serveuse
chauffeur
la petite du guichet
coach
la blonde
voisin
l'hôtesse
grand chef
capitaine
== open_any
Franchement,
Je dis juste :
Du coup,
Bon,
Alors,
Au fait,
PS :
Je répète :
Pour être clair :
@page
@admin
Bonsoir à tous,
De la part d'une habituée :
Sinon,
Voilà,
== open_neg
Pfff,
Désolé mais
Sérieux,
Les bras m'en tombent :
Jour trois :
Eh bien,
== open_pos
Youpi,
Waouh,
Oh,
Regardez :
Faut le dire :
== open_neu
Info :
Bonjour,
Coucou,
Pour ceux qui se demandent :
== close_neg
Ça suffit.
C'est non.
Je suis lasse.
Incroyable.
Voilà.
Et on n'est que lundi.
Triste.
Ras le bol.
== close_pos
Trop contente.
J'adore.
Merci pour ça.
Belle journée à tous.
Bisous.
Je souris bêtement.
== close_neu
Voilà.
Pour info.
À bientôt.
La suite plus tard.
== close_toxic
Ça suffit.
Voilà.
C'est dit.
Point barre.
== emoji_neg
😡
🙄
😤
😞
👎
🤦
😒
== emoji_pos
😍
❤️
🎉
😊
🙌
✨
👏
== emoji_neu
🤔
👀
📌
🙂
"""
