"""Twenty-two trades in French: places, staff, and what goes wrong or right there."""

TRADES = """
== bakery
place: la boulangerie du Moulin; Aux Trois Miches
chez: à la boulangerie du Moulin; aux Trois Miches
staff: <le vendeur/la vendeuse>; <le patron/la patronne>
fault: la tourte était crue au milieu; j'ai payé six croissants, il y en avait quatre; le gâteau disait Joyeux anniversaire Bernard, mon fils s'appelle Noé; la baguette était celle de la veille
good: les chouquettes sont une merveille; on m'a gardé une miche malgré l'orage; le nouveau seigle est le meilleur du canton
crisis: trois d'entre nous ont été malades après les éclairs; il y avait un bout de verre dans la brioche de ma fille
ask: vous faites du pain sans noix; vous ouvrez à quelle heure le dimanche
want: me mettre de côté deux baguettes; afficher les allergènes
== bank
place: l'agence de la place; la Banque du Val
chez: à l'agence de la place; à la Banque du Val
staff: <le conseiller/la conseillère>; <le directeur/la directrice> d'agence
fault: ma carte a été bloquée sans raison en plein voyage; vous avez pris les frais deux fois; l'appli est en panne depuis deux jours; mon dossier de prêt est encore perdu
good: ma nouvelle carte est arrivée en un jour; on a tout expliqué à ma grand-mère avec patience; vous avez bloqué une fraude avant que je la voie
crisis: des inconnus voient mes relevés en se connectant; quatre cents comptes ont été vidés dans la nuit
ask: je fais comment pour changer d'adresse; les frais sont pris tous les mois
want: débloquer ma carte; envoyer le formulaire par courrier
== trains
place: la ligne de la côte; Trans-Littoral
chez: sur la ligne de la côte; chez Trans-Littoral
staff: <le contrôleur/la contrôleuse>; <l'agent/l'agente> d'accueil
fault: le 7h14 est supprimé pour la cinquième fois; on a fait trois heures debout devant les toilettes; les portes se sont fermées au nez d'une poussette; j'ai eu une amende alors que j'avais mon billet
good: mon violon oublié m'attendait au guichet; on est arrivés en avance pour une fois; le train de nuit a de vrais oreillers
crisis: la fumée a rempli la rame et les portes ne s'ouvraient pas; deux passagères se sont évanouies de chaud et personne n'est venu
ask: le 9h40 s'arrête à Rosporden; on peut monter avec un vélo
want: annoncer les retards à temps; rembourser le billet de vendredi
== telecoms
place: Filandre; la boutique du centre commercial
chez: chez Filandre; à la boutique du centre commercial
staff: <le technicien/la technicienne>; <le téléconseiller/la téléconseillère>
fault: plus d'internet depuis lundi; la facture a doublé d'un coup; le rendez-vous technique n'a jamais eu lieu; on m'a raccroché au nez après quarante minutes d'attente
good: la ligne a été réparée en une heure; on est resté avec moi jusqu'à ce que ça marche; la nouvelle box est un rêve
crisis: votre box a pris feu dans mon couloir; les appels de tout le monde sont visibles en ligne
ask: le contrat s'arrête tout seul; il me faut quelle box pour le grenier
want: annuler l'option que je n'ai jamais demandée; me rappeler avant la visite
== clothes
place: Fil et Chardon; le magasin d'usine
chez: chez Fil et Chardon; au magasin d'usine
staff: <le vendeur/la vendeuse>; <le caissier/la caissière>
fault: la fermeture a lâché le premier jour; le pull a rétréci taille poupée; le 44 est un 38; mon remboursement n'arrive pas depuis six semaines
good: le manteau a tenu deux hivers; l'ourlet a été repris gratuitement; cette robe a des poches
crisis: la teinture a brûlé la peau de mon petit; l'étiquette cache que c'est cousu par des prisonniers
ask: vous avez ces bottes en 41; la doublure est en coton
want: remettre les grandes tailles; m'envoyer un bon de retour
== games
place: Studio Mousse; le forum du jeu
chez: chez Studio Mousse; sur le forum du jeu
staff: <le modérateur/la modératrice>; <l'animateur/l'animatrice> du forum
fault: le patch a effacé ma sauvegarde; les serveurs tombent tous les soirs; j'ai payé une tenue qui n'apparaît pas; la file d'attente dure une heure
good: le nouveau niveau est sublime; le dernier patch a tout réglé; la musique me donne des frissons
crisis: la bêta installe un logiciel espion; nos mots de passe du forum sont en vente
ask: il y aura une version Linux; le jeu à deux marche sur un écran
want: restaurer mon compte; ajouter un mode daltonien
== school
place: le collège des Coteaux; la cantine
chez: au collège des Coteaux; à la cantine
staff: <le principal/la principale>; <le secrétaire/la secrétaire>
fault: personne ne nous a dit que la sortie était annulée; mon fils a attendu deux heures dans le froid; le portail des devoirs est cassé depuis l'automne; les bulletins avaient les mauvais noms
good: la pièce de théâtre était formidable; on m'a appelée juste pour dire qu'elle progresse; le nouveau coin lecture est superbe
crisis: une liste d'élèves avec leurs diagnostics est partie à tous les parents; onze enfants ont été intoxiqués après le repas
ask: les vacances commencent quand; il faut une calculatrice en sixième
want: ouvrir le garage à vélos; renvoyer l'emploi du temps
== town hall
place: la mairie; le service des passeports
chez: à la mairie; au service des passeports
staff: <l'employé/l'employée> du guichet 3; <l'adjoint/l'adjointe> au maire
fault: j'ai attendu quatre heures et le guichet a fermé; mon dossier est perdu pour la troisième fois; les poubelles débordent depuis deux semaines; l'aire de jeux est toujours clôturée
good: mon passeport était prêt en trois jours; les nouveaux bancs sont très beaux; mon dossier a été retrouvé tout de suite
crisis: l'eau du robinet est marron depuis lundi et personne ne nous prévient; les adresses des électeurs sont en ligne
ask: on déclare un chien à quel bureau; je dois apporter quels papiers
want: réparer le lampadaire de la rue des Ormes; publier le compte rendu
== festival
place: les Nuits du Pré; la buvette
chez: aux Nuits du Pré; à la buvette
staff: <le videur/la videuse>; <l'agent/l'agente> de la porte B
fault: on a fait deux heures de queue pour de l'eau; la tête d'affiche a été annulée sans un mot; le camping était sous l'eau; le son était une bouillie
good: le concert au coucher du soleil était magique; les bénévoles avaient tous le sourire; la fanfare sous la pluie était parfaite
crisis: la tribune s'est effondrée sous nous; des gens ont été écrasés à la porte B et personne n'a arrêté le concert
ask: il y a une navette après minuit; on peut venir avec son gobelet
want: mettre plus de toilettes; publier le plan des scènes
== restaurant
place: la Poêle de cuivre; le bistrot de l'écluse
chez: à la Poêle de cuivre; au bistrot de l'écluse
staff: <le serveur/la serveuse>; <le chef/la cheffe>
fault: la soupe est revenue froide deux fois; on a attendu une heure et demie pour deux salades; il y avait un cheveu dans le risotto; vous avez facturé la carafe d'eau
good: le canard était divin; on a occupé nos petits pendant tout le repas; c'est la meilleure blanquette de ma vie
crisis: neuf invités du mariage sont à l'hôpital après les huîtres; il y avait une souris dans la corbeille à pain, je l'ai filmée
ask: vous avez une table pour six vendredi; la cuisine tourne après 21 h
want: décaler notre table à 20 h; indiquer les plats sans viande
== insurer
place: la Mutuelle du Port; votre service sinistres
chez: à la Mutuelle du Port; à votre service sinistres
staff: <le gestionnaire/la gestionnaire>; <l'expert/l'experte>
fault: mon dossier traîne depuis mars; vous avez doublé la prime après une seule grêle; j'ai envoyé les photos cinq fois; l'eau est toujours dans ma cave
good: l'argent est arrivé en une semaine; l'expertise a été rapide et humaine; vous avez appelé après la tempête juste pour prendre des nouvelles
crisis: vous avez vendu mon dossier médical à un courtier; des centaines de sinistrés ont reçu le même refus
ask: le contrat couvre les vélos à l'étranger; je trouve où mon numéro
want: confirmer la résiliation; envoyer quelqu'un voir le toit
== sports club
place: le club d'aviron; la salle de la Rive
chez: au club d'aviron; à la salle de la Rive
staff: <l'entraîneur/l'entraîneuse>; <le moniteur/la monitrice>
fault: les douches sont froides depuis octobre; on me prélève encore après mon départ; le cours était complet malgré ma réservation; le tapis est en panne depuis des semaines
good: on m'a portée jusqu'à ma première course; la nouvelle salle est lumineuse; les cadets ont joué avec un cœur énorme
crisis: le plafond de la piscine est tombé; trois jeunes ont signalé un encadrant et le bureau s'est tu
ask: il y a un cours d'essai; c'est à partir de quel âge
want: rouvrir à six heures; réparer le ponton
== museum
place: le musée du Sel; la billetterie
chez: au musée du Sel; à la billetterie
staff: <le gardien/la gardienne>; <le guide/la guide>
fault: la moitié des salles était fermée, mais au prix fort; l'audioguide est mort en salle 2; on nous a fait courir en dix minutes; l'ascenseur était en panne et personne ne le savait
good: la salle des baleines m'a coupé le souffle; la visite a fait rire mon ado; le café a une vue sur la baie
crisis: un panneau est tombé sur une visiteuse; le vestiaire a perdu quarante sacs et on étouffe l'affaire
ask: les photos sont permises; les étudiants paient moins
want: écrire les cartels plus gros; rouvrir le jardin
== cosmetics
place: Peau de Saule; le rayon beauté
chez: chez Peau de Saule; au rayon beauté
staff: <l'esthéticien/l'esthéticienne>; <le conseiller/la conseillère>
fault: la crème sent le poisson; la pompe a cassé au bout de deux fois; la teinte n'a rien à voir avec la photo; le colis a coulé partout
good: ma peau n'a jamais été aussi douce; le coffret d'échantillons a fait ma semaine; le baume a sauvé mes mains
crisis: j'ai le visage gonflé et dix autres clientes aussi; la crème solaire ne protège pas, on est tous brûlés
ask: le sérum est sans parfum; je peux l'utiliser enceinte
want: publier la liste des ingrédients; ramener le savon à la rose
== garage
place: le garage de la rocade; Boulon et Fils
chez: au garage de la rocade; chez Boulon et Fils
staff: <le mécano/la mécano>; <le patron/la patronne>
fault: le bruit est revenu au bout d'un kilomètre; vous m'avez facturé des pneus jamais posés; ma voiture est chez vous depuis un mois; il y a une rayure toute neuve sur la portière
good: l'embrayage est comme neuf; on m'a prêté une voiture gratuitement; la facture était plus basse que le devis
crisis: la roue que vous avez montée s'est détachée sur l'autoroute; les freins de cinq voitures ont lâché après votre révision
ask: une révision dure combien de temps; vous posez des attelages
want: m'appeler quand c'est fini; vérifier le phare gauche
== supermarket
place: le magasin des Cinq-Chemins; Panier Vert
chez: au magasin des Cinq-Chemins; chez Panier Vert
staff: <le caissier/la caissière>; <le responsable/la responsable>
fault: les fraises étaient moisies en dessous; la promo n'est pas passée; il manquait la moitié de ma livraison; il y avait une caisse ouverte pour trente personnes
good: on a porté mes sacs jusqu'à la voiture; le rayon pain sent divinement bon; la livraison est venue malgré la neige
crisis: il y avait des aiguilles dans les pommes; les saucisses rappelées sont encore en rayon
ask: le nouveau four arrive quand; vous vendez du riz en vrac
want: ouvrir une deuxième caisse; enlever le lait périmé
== newspaper
place: le Courrier du soir; votre page des lecteurs
chez: au Courrier du soir; à votre page des lecteurs
staff: <le chroniqueur/la chroniqueuse>; <le rédacteur/la rédactrice> en chef
fault: le journal n'arrive plus depuis mardi; vous avez mis la mauvaise photo; il y a quatre fautes dans le titre; on me prélève encore après ma résiliation
good: l'enquête sur la maison de retraite était remarquable; les mots croisés sont de retour; les pages locales sont meilleures que jamais
crisis: vous avez imprimé le nom d'une victime; la liste de vos sources a fuité
ask: on envoie où le courrier des lecteurs; les archives sont ouvertes à tous
want: corriger la légende; arrêter le papier en août
== charity
place: la banque alimentaire; Mains Ouvertes
chez: à la banque alimentaire; chez Mains Ouvertes
staff: <le trésorier/la trésorière>; <le bénévole/la bénévole> de l'entrée
fault: personne n'a remercié les donateurs; la collecte de manteaux a été annulée sans prévenir; j'ai donné une fois et je reçois une lettre par semaine; la file est restée sous la pluie
good: la collecte de jouets était si bien organisée; vous avez répondu à ma mère avec tant de gentillesse; le nouvel abri est chaud et clair
crisis: les dons pour les sinistrés sont partis sur un compte privé; les RIB des donateurs sont publics
ask: vous prenez les chaussures d'hiver; on s'inscrit où
want: publier les comptes; me retirer de la liste
== hospital
place: la clinique des Ormes; les urgences
chez: à la clinique des Ormes; aux urgences
staff: <le secrétaire/la secrétaire>; <l'interne/l'interne> de garde
fault: on a attendu sept heures avec un poignet cassé; le rendez-vous a été déplacé quatre fois; personne ne nous a dit qu'il avait été transféré; le repas était glacé
good: l'équipe de nuit a été formidable; on a pris le temps de répondre à tout; tout a été expliqué deux fois sans un soupir
crisis: on a opéré le mauvais patient; les analyses de tout un étage ont été échangées
ask: les visites, c'est à quelle heure; je peux venir avec une interprète
want: envoyer le courrier à mon médecin; réparer l'ascenseur
== parcel
place: Vitamin Colis; le dépôt
chez: chez Vitamin Colis; au dépôt
staff: <le livreur/la livreuse>; <le chef/la cheffe> de dépôt
fault: le colis a volé par-dessus la clôture; le suivi dit livré, il n'y a rien; c'est « en cours de livraison » depuis cinq jours; le carton est arrivé écrasé
good: on m'a attendu le temps que je trouve mes chaussures; c'est arrivé un jour plus tôt; le carton perdu est revenu grâce à vous
crisis: votre camion a traversé devant l'école à fond; vos livreurs font quatorze heures, l'un d'eux s'est effondré
ask: je peux le retirer au dépôt; le code 7 veut dire quoi
want: laisser le colis au voisin; ouvrir une enquête
== hotel
place: l'hôtel du Héron; la réception
chez: à l'hôtel du Héron; à la réception
staff: <le réceptionniste/la réceptionniste>; <le veilleur/la veilleuse> de nuit
fault: les draps étaient tachés; la piscine était fermée, pas la note; on nous a mis dans une chambre sans fenêtre; le wifi n'a jamais marché
good: le petit-déj au bord du lac était un bonheur; on nous a surclassés pour nos vingt ans de mariage; mes lunettes ont été retrouvées
crisis: il y avait une caméra cachée dans la chambre; tout le troisième étage a été intoxiqué au monoxyde
ask: le parking est compris; les chiens sont acceptés
want: prévoir un départ tardif; renvoyer la facture
== energy
place: Clair Courant; le service des compteurs
chez: chez Clair Courant; au service des compteurs
staff: <le releveur/la releveuse>; <le téléconseiller/la téléconseillère>
fault: vous avez estimé le compteur au double; on est sans chauffage depuis quatre jours; le contrat a été reconduit sans mon accord; je reçois deux factures par mois
good: le nouveau tarif a divisé ma facture par deux; la réparation a été faite dans l'heure; la courbe dans l'appli est très claire
crisis: ça sent le gaz dans toute la rue et votre numéro sonne occupé; les compteurs de l'immeuble ont brûlé d'un coup
ask: le prix change quand; je vous envoie le relevé comment
want: corriger le relevé; rendre le trop-perçu
"""
