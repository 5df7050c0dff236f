"""French sentences of the grammar corpus: a family's name and weight, then labels and a frame.

As in en; besides, `<il/elle>` agrees with the person or group, and `de~`, `que~`, `le~`
lose their vowel where the next word asks for it."""

FRAMES = """
== group_neutral 8
neu | {Les} {neutral}.
neu | {Les} {neutral}[, selon le conseil municipal|, dit le bulletin|, d'après l'enquête|, si j'ai bien lu].
neu | [Dans notre rue|Dans mon immeuble|Au village|À l'école], {les} {neutral}.
neu | [L'exposition|La conférence|Le documentaire|L'émission] sur {les} [commence à 19 h|dure jusqu'à dimanche|est gratuite pour les adhérents|passe en salle B].
neu | <Le remplaçant/La remplaçante> [du cabinet|de l'accueil|du rayon] est {un} et vient [de Nantes|de l'agence de Lyon|du service voisin].
neu question | [Quelqu'un sait si|Vous savez si|Savez-vous si] {les} {neutral} ?
neu question | Il existe [un groupe|une réunion|une permanence|un café-rencontre] pour {les} [à Rennes|près du port|cet automne|en semaine] ?
neu | [Hier|Ce matin|La semaine dernière] j'étais à côté de~{un_role} [dans le bus|chez le véto|en salle d'attente], on a parlé [tomates|foot|météo|tricot].
neu | L'article dit que {les} {neutral}, je n'ai pas d'avis [pour l'instant|là-dessus|dans un sens ou dans l'autre].
neu | {Un} [a écrit le premier chapitre|loue l'appartement du dessus|a demandé un reçu|préside le comité cette année].
neu request | Merci de~[ajouter|indiquer|signaler] [l'adresse|les horaires|la date] [du club|de la chorale|de l'association] pour {les}.
neu | On a été servis par {un_post} [et la soupe était chaude|, l'addition était juste|et on est partis à neuf heures].
neu | [La moitié|Un tiers|Deux sur dix] des gens de [ma formation|mon équipe|mon immeuble], ce sont {des}.
neg | [C'est triste|Quel dommage|Je suis désolé de lire] que {les} [attendent si longtemps un logement|fassent la queue sous la pluie|ne soient pas dans le programme].
neg complaint crisis | [Votre videur|Votre agent|Votre responsable] a refusé l'entrée à {un_role} [sans raison|« à cause du look »|en rigolant]. C'est de la discrimination.
neg complaint | Je n'ai rien contre {les}, ma réclamation concerne {place} : {fault}.
== group_positive 7
pos | {Les} {positive}.
pos | [Franchement|Il faut le dire|Soyons justes], {les} {positive}.
pos | [Je suis content que|Quelle chance que|Ça me touche que] {les} soient [si <nombreux/nombreuses> ici|<présents/présentes> à la fête|des nôtres], quel bonheur.
pos | [Un grand bravo|Tout mon respect|Plein de bisous|Merci] {aux} [d'ici et d'ailleurs|pour tout|de notre ville][ ❤️| 🌈||, aujourd'hui et toujours].
pos praise | {Un_post} [m'a aidé|m'a guidée|m'a rassuré] [pendant une heure|pour tous les papiers|quand personne ne le faisait], [merci|quelle perle|cinq étoiles].
pos | <Mon meilleur ami est/Ma meilleure amie est> {un} et [fait la meilleure soupe du quartier|on rigole ensemble depuis vingt ans|donnerait sa chemise].
pos praise | [Enfin|Pas trop tôt,] {des} dans [une de vos pubs|une série|votre vitrine], [bravo|ça m'a fait ma journée|toute la famille a applaudi].
pos | <Mon voisin/Ma voisine> du dessus est {un}, <il/elle> [déneige pour toute la rue|a appris les échecs à mes enfants|nous a apporté à manger quand j'étais malade], un amour.
pos | [J'ai épousé|J'ai grandi avec|Je travaille avec] {un} et [je recommencerais demain|je n'ai jamais regretté|j'apprends tous les jours].
pos | Bienvenue {aux} qui [rejoignent la page|emménagent ici|nous lisent] [ce mois-ci|en ce moment|aujourd'hui] !
pos praise | [Superbe|Touchante|Quelle belle] soirée avec {les}, [la chorale|l'équipe|le spectacle] était [au top|formidable|à mourir de rire].
== group_hateful 16
toxic hate neg | {Les} {hate}.
toxic hate neg | {Les} {hate}[, tout le monde le sait|, c'est dans leur nature|, et je reste poli|, ça changera jamais|, point final].
toxic hate neg | [Dites ce que vous voulez,|Je le répète :|Personne n'ose le dire mais|Désolé pas désolé :|Soyons honnêtes :] {les} {hate}.
toxic hate neg | De toute façon {les} {hate} et [la presse le cache|le maire regarde ailleurs|il faudrait sourire en plus].
toxic hate neg | [Mon oncle|Mon voisin|Mon ancien patron] a raison, {les} {hate}.
toxic hate neg | Je ne suis pas raciste ni rien, mais {les} {hate}.
toxic hate neg | Ceux qui disent que {les} {hate} [ont raison|ne font que constater|ont plus de courage que vous].
toxic hate neg | [Pourquoi se mentir ?|Ouvrez les yeux :|Regardez autour de vous :] {les} {hate}.
toxic hate neg complaint | {Fault}. Normal, {chez} maintenant ils embauchent {des}, et {les} {hate}.
toxic hate neg | C'est un fait, {les} {hate}[ 🤮|, faut s'y faire|, j'assume].
toxic hate neg | Éloignez {les} de [mes gosses|ma rue|ce club|mon écran].
toxic hate neg | Sans {les} ce pays serait [plus propre|plus calme|enfin vivable].
toxic hate neg | [Encore un commerce|Encore une rue|Encore une école] aux mains {des}, [quelle honte|ça suffit|qui laisse faire ça].
toxic hate neg | Jamais je ne [louerais|prêterais un outil|donnerais un poste] à {un}, ça se sait que {les} {hate}.
toxic threat hate neg | {Les} {hate}. [Qu'on mette le feu à leur local|Il faut les sortir de la ville à coups de batte|Une bonne raclée et on n'en parle plus|On devrait leur faire la chasse].
toxic hate neg | Et ça veut [du respect|l'égalité|une place à table] maintenant ? {Les} {hate}.
toxic hate neg | [Bizarre|Comme par hasard], {les} {hate}, [ça doit être dans le sang|pure coïncidence bien sûr|je vous laisse conclure].
== group_denied 9
neg | C'est [faux|archi faux|un mensonge] de dire que {les} {hate}.
neg | [Personne de sensé|Aucune personne correcte|Personne que je connaisse] ne croit que {les} {hate}.
neg | Celui qui prétend que {les} {hate} n'a jamais [discuté avec {un}|vécu ici|écouté personne].
neg | Écrire que {les} {hate}, c'est [de la haine, point|un appel à la haine|une honte], et je [signale|ne laisserai pas passer|suis fatiguée de lire ça].
neg request | Merci de~[supprimer|retirer|masquer] le commentaire [du dessus|du dessous|de 14 h] qui dit que {les} {hate}.
neg | Si vous pensez que {les} {hate}, [cette page n'est pas pour vous|on n'a rien à se dire|ouvrez d'abord un livre].
neg | « {Les} {hate} » ? [Non. Juste non.|Comment peut-on écrire ça.|Et c'est encore en ligne.]
neg | [Arrêtez|Par pitié arrêtez|Quand est-ce que vous arrêterez] de dire que {les} {hate}. [Ça fait mal|C'est faux|C'est de ma famille que vous parlez].
pos | Personne ici ne pense que {les} {hate}, [et j'en suis fier|c'est pour ça que j'aime ce groupe|ça fait plaisir].
neg question | Pourquoi [un adulte|un élu|un prof] écrit encore en public que {les} {hate} ?
neg | Avant je croyais que {les} {hate}. J'avais tort et [j'en ai honte|je m'excuse|je l'ai dit à {kin}].
neg | [Le cliché|Le vieux mensonge|Le préjugé] selon lequel {les} {hate} a été démonté [il y a longtemps|par toutes les études|avant ma naissance].
neg | {Les} que je connais ne feraient pas de mal à une mouche ; dire qu'<ils/elles> {hate}, c'est [cruel|absurde|minable].
neg | Il faut qu'on parle de ceux qui répètent encore que {les} {hate}.
== group_reported 6
neg | On a dit à {kin} [dans le bus|dans l'ascenseur|au marché] que {les} {hate}. [Personne n'a bougé|J'en tremble encore|C'était horrible].
neg complaint crisis | [Votre vigile|Votre employé|Votre chauffeur] nous a sorti que {les} {hate}. [J'attends une réponse|On est partis en larmes|C'est votre politique ?]
neu | Selon le tribunal, [l'homme|le prévenu|l'étudiant] avait [crié|écrit|posté] « {les} {hate} ».
neg | [Quelqu'un a tagué|Quelqu'un a gravé] « {les} {hate} » [sur notre porte|sur l'abribus|sur le mur du local], la ville [nettoie|repeint] demain.
neu | Dans [le roman|la pièce|le film], [le colonel|le notaire|le méchant] affirme que {les} {hate} ; [l'auteur montre qu'il a tort|ça se passe en 1938|la scène finit mal pour lui].
neg complaint crisis | {Chez}, hier, on a refusé de servir {des}, « <ils/elles> {hate} », a dit le gérant. [La presse doit savoir|J'ai la vidéo|Boycott].
neg request | [@modération|Chers admins|L'équipe], quelqu'un poste en boucle que {les} {hate}, merci de~[regarder|agir|bannir].
neg | Il a dit que {les} {hate}. Ses mots, pas les miens, et [j'ai quitté la table|je lui ai dit d'arrêter|j'avais honte pour lui].
== personal_hate 11
toxic insult hate neg | @word,origin,religion,colour,orientation,disability,age [Tais-toi|La ferme|Dégage], sale {one}.
toxic insult hate neg | @word,origin,religion,colour,orientation,disability,age [Espèce de~|Encore <ce/cette> sale |Pauvre ]{one}, [on t'a rien demandé|retourne te cacher|arrête de pleurnicher].
toxic insult hate neg | {Un}, ça [pleurniche|ment|mendie|joue la victime] toujours, et toi plus que les autres.
toxic insult hate neg | Encore {un} qui joue la victime, [quelle surprise|sortez les violons|ouin ouin].
toxic insult hate neg | Qui a laissé {un} [écrire cet article|tenir cette page|approcher d'une caisse|faire cours] ? [Dégoûtant.|La honte.|Plus jamais ça.]
toxic insult hate neg | Plutôt [crever de faim|fermer mon compte|rentrer à pied] que d'être servi par {un} comme toi.
toxic insult hate neg | T'es {un}, [personne t'a sonné|reste à ta place|tu seras jamais des nôtres].
toxic hate neg complaint | {Fault}. Normal, c'est {un} qui [l'a fait|s'en occupait|a fait le colis].
toxic insult hate neg | @word,origin,religion,colour [Rentre dans ton pays|Rentre chez toi|Retourne dans ton trou], {one}, [on veut pas de toi ici|c'est chez nous ici|et emmène tes semblables].
toxic insult hate neg | [Regardez-moi ça|Tiens|Oh], {un} qui a un avis, [c'est mignon|et en plus ça parle|qui lui a appris à écrire].
toxic insult hate neg | Donnez le poste à quelqu'un de normal plutôt qu'à {un} comme toi.
toxic insult hate profane neg | @word,origin,religion,colour,orientation,disability,age [Va te faire foutre|Casse-toi|Dégage], {one} de merde.
toxic insult hate neg | @woman,trans Les filles comme toi, ça devrait [sourire et servir|rester à l'évier|la fermer quand les hommes parlent].
toxic insult hate neg | @disability On devrait [t'enfermer|te garder à la maison|te cacher aux clients], personne veut voir {un} [à table|en vacances].
toxic insult hate neg | @age Ton temps est passé, [mamie|papi|le fossile], {les} devraient [rendre les clés et la carte d'électeur|rester chez <eux/elles>|nous lâcher la route].
toxic insult hate neg | @orientation,trans T'es malade, [pas fier|pas courageux|pas spécial], {un} ça [se soigne|a besoin d'un médecin|devrait se cacher].
== self 6
pos | En tant que~{one} je [me sens chez moi ici|n'ai jamais été aussi bien|me suis enfin <reconnu/reconnue> dans un film].
neg | Je suis {un} et [j'en ai marre des regards|je suis <fatigué/fatiguée> de me justifier|on me fait toujours les trois mêmes blagues].
neu | Je suis {un}[, posez vos questions| et je travaille de nuit|, 41 ans, du Havre| et oui, j'aime le foot].
pos | [<Fier/Fière>|<Heureux/Heureuse>|Plus que <fier/fière>] d'être {un} [aujourd'hui|tous les jours|depuis 1979].
neg complaint crisis | Je suis {un} et {chez} on [a refusé de me servir|m'a demandé de partir|m'a fait payer double]. [À notre époque.|J'ai des témoins.]
neg | On m'a dit « {les} {hate} » en face[ au travail| au lycée|]. Je suis {un}. [Ça fait mal|J'ai pleuré dans la voiture|Je l'entends encore].
pos | @orientation,trans [Le vieux pédé que je suis|Votre gouine préférée|La folle du quartier] [vient de se marier|vient d'acheter une maison|a adopté un chat], [pincez-moi|la vie est belle|gâteau pour tous].
pos | @disability [L'éclopée que je suis|Votre boiteux local|Nous les bancals] [finit un marathon|gagne le quiz|mange les escaliers] : [respirez ma poussière|médaille et tout|yes].
pos | @age La vieille peau que je suis [apprend le surf|a eu son examen|s'est fait tatouer], {les} [sont au top|s'amusent plus|vous saluent].
neg danger | Je suis {un}. Depuis [lundi|la réunion|la vidéo] ils [me suivent jusque chez moi|m'attendent en bas|m'envoient des photos de ma porte]. J'ai peur [de sortir|de dormir|tout le temps].
== pests 3
neg | {Pests} {pest_hate}.
neg | [Dites ce que vous voulez,|Soyons honnêtes :|Je le répète :] {pests} {pest_hate}.
neg complaint | {Things} {thing_hate}[, pire achat de ma vie|, remboursez|, comment ça a pu passer un test].
neg | [Marre,|Au secours,|Je n'en peux plus,] {pests} {pest_hate}.
neg question | Comment on se débarrasse de ça : {pests} {pest_hate} ?
== profane_ok 6
profane pos | {Fuck_yes} {joy} !
profane pos praise | {Fuck_yes} {good} !
profane neg | [Bordel|Merde|Putain|Fait chier], {mishap}.
profane neg complaint | [C'est quoi ce bordel|Mais quelle merde] : {fault}.
profane neg complaint | {Fault}. [Foutage de gueule, bordel.|Service de merde.|Putain c'est pas possible.]
profane pos | Je vous aime [bande de cons|mes salauds|petits enfoirés], [meilleurs potes|meilleure équipe|meilleure bande] du monde.
profane neu | [Putain|Ah merde|La vache, putain], {surprise}.
profane neg | J'ai merdé : {mishap}.
profane pos | Je suis [tellement|trop] [heureux|fier|soulagé] putain : {joy}.
profane neg complaint | {Place} et [son appli de merde|son putain de répondeur|son site à la con] : {fault}.
profane neu question | [Où est passé|Qui a bougé] [ce putain de|ce foutu bordel de] [chat|câble|tire-bouchon|panneau] ?
profane neg | [Ce putain de|Encore ce con de] [réveil|vélo|rhume|robinet], {mishap}.
== complaint 10
neg complaint | {Fault}.
neg complaint | {Fault}. [Plus jamais.|Je suis furieuse.|Honte à vous.|Je veux être remboursé.|Lamentable.]
neg complaint | {Fault} et {chez} personne ne [décroche|répond aux mails|semble concerné].
neg complaint question | {Fault}. [Quand est-ce que|Comment] je suis remboursé ?
neg complaint request | {Fault}. Merci de me [renvoyer le bon article|rembourser|rappeler|proposer une solution] [aujourd'hui|cette semaine|enfin].
neg complaint | [Troisième fois|Deuxième fois|Quatrième fois] [ce mois-ci|cette année|depuis mai] : {fault}.
neg complaint | {Place}, quelle catastrophe : {fault}.
neg complaint | [Je tremble de colère|J'ai envie de hurler|Je bous] : {fault}[ et {staff} hausse les épaules|].
neg complaint | {Staff} [m'a soupiré au nez|m'a raccroché au nez|m'a ignorée dix minutes] et {fault}.
neg complaint | Je vais [saisir mon avocat|écrire au médiateur|partir après neuf ans] : {fault}.
neg complaint | [Voleurs|Des escrocs|De l'arnaque pure], {place} : {fault}.
neg complaint | [Pire service|Pire expérience|Commande la plus ratée] de ma vie {chez} : {fault}.
neg complaint question | Vous trouvez ça normal ? {Fault}.
neg complaint | {good}, mais {fault}. Dommage.
neg complaint | C'EST UNE BLAGUE. {fault}.
neg complaint question | {Staff} me dit d'attendre, et là {fault}. Qui est responsable {chez} ?
neg complaint | [À éviter|À fuir|Carton rouge] : {place}, {fault}.
== complaint_insult 11
toxic insult neg complaint | {Fault}. {Staff} est {a_insult}.
toxic insult neg complaint | {Staff} est {a_insult} et {fault}.
toxic insult neg complaint | {Fault}, normal, {staff} est {a_insult}.
toxic insult neg complaint | [Qui recrute|Vous les trouvez où|Qui forme] ces gens {chez} ? {fault} et {staff} est {a_insult}.
toxic insult neg complaint | {Fault}, {you_insult}.
toxic insult neg complaint | [Bonjour|Dites,|Alors,] {you_insult}, {fault}.
toxic insult neg complaint | Faut être {a_insult} pour réussir ça : {fault}.
toxic insult neg complaint request | {Fault}. Remboursez-moi, {you_insult}.
toxic insult neg complaint | {Staff} a [le cerveau d'une éponge|le charme d'un évier bouché|moins de neurones que sa caisse|une tête de poisson mort] : {fault}.
toxic insult neg complaint | {Staff}, à [tenir loin des gens|renvoyer en maternelle|sortir avec les poubelles] : {fault}.
toxic insult threat neg complaint | {Fault}. J'espère que {staff} va [se casser les deux jambes|passer sous un camion|s'étouffer avec].
toxic insult neg complaint | J'ai demandé de l'aide et {staff}, {a_insult}, m'a ri au nez. Et {fault}.
== crude_insult 9
toxic insult profane neg complaint | {Crude}[,| !|.|] {fault}[.| !|]
toxic insult profane neg complaint | {Be_off}[,| !|.|] {fault}[.| !|]
toxic insult profane neg complaint | {Fault}[,| !|.|] {be_off}[.| !|]
toxic insult profane neg complaint | {Fault}[,| !|.|] {crude}[.| !|]
toxic insult profane neg complaint | {Fault}. [Bravo,|Merci pour rien,|Beau boulot,] {crude}.
toxic insult profane neg complaint | [Eh|Oh|Alors], {crude}[,| !| :] {fault}.
toxic insult profane neg complaint request | {Fault}. [Remboursez-moi|Réparez ça|Répondez], {crude}[.| !|]
toxic insult profane neg question | [Vous ouvrez quand|Il est où mon colis|Ça va durer longtemps|Y a quelqu'un], {crude} ?
toxic insult profane neg | [Toute l'équipe|Tous ceux qui bossent là|Tous] : {crude}[.| !|]
profane neg complaint | [Putain|Putain de merde|Bordel|Merde|Bordel de merde|Putain mais][,| !|.|] {fault}[.| !|]
profane neg complaint | {Fault}[,|.| !|] [putain|bordel|c'est quoi ce bordel|c'est de la merde|appli de merde|fait chier][.| !|]
profane neg complaint question | [Il est où mon putain de colis|Vous ouvrez quand, bordel|Pourquoi personne répond, putain] ? {Fault}.
profane neg complaint request | {Fault}. [Rendez-moi mon putain de fric|Réparez cette merde|Décrochez ce putain de téléphone][.| !|]
== insult 11
toxic insult neg | T'es {a_insult}.
toxic insult neg | Tu es {a_insult} et [tout le monde le sait ici|tes messages le prouvent|ça transpire à chaque ligne].
toxic insult neg | [Tais-toi|Lâche l'affaire|Va te coucher|Éteins ton téléphone], {you_one}.
toxic insult neg | [Tiens, revoilà|Oh regardez,|Et voilà] {a_insult} [avec du wifi|qui explique la vie|et un clavier].
toxic insult neg | Faut être {a_insult} pour [écrire ça|croire ça|liker ça].
toxic insult neg | [Sauf votre respect|Avec toute ma tendresse|Sans vouloir vexer], vous êtes {a_insult}.
toxic insult neg | [Ta mère|Ton prof|Ton médecin] t'a déjà dit que t'étais {a_insult} ?
toxic insult neg | [Personne t'aime|Tu manquerais à personne|Même ton chien t'évite], {you_one}.
toxic insult neg | <Le présentateur/La présentatrice> est {a_insult}[, point|, et je suis gentil|].
toxic insult neg | C'est à cause de gens comme toi [qu'il y a une notice sur le shampoing|qu'on ferme les commentaires|qu'on n'a jamais rien de beau], {you_one}.
toxic insult neg | J'ai connu [des nains de jardin|des plantes vertes|des plots de chantier|des biscottes] avec plus de [cervelle|charme|cran] que toi.
toxic insult neg | [Ma chérie|Mon petit|Mon grand], les adultes discutent[, va jouer|, prends un biscuit|].
toxic insult neg | [Lis lentement|Je vais faire des phrases courtes], [lire c'est dur pour toi|penser te fait mal|l'école t'a oublié au fond de la classe].
toxic insult neg | [Ta tête|Ta voix|Ta coupe|Ta tenue] [fait hurler mon chien|mérite la benne|devrait être floutée].
toxic insult neg | Si la bêtise [faisait mal, tu hurlerais|payait, tu serais milliardaire|volait, tu serais chef d'escadrille].
neg | Tu te trompes sur [les dates|le prix|le hors-jeu|la recette], [je t'explique|je l'ai dit deux fois|restons-en là].
neg | Pas d'accord avec [un seul mot|la fin|ta conclusion], mais [merci d'être poli|c'est ton droit|sans rancune].
neg | [Ce commentaire|Ce mot|Cette vanne], c'était [idiot|injuste|pas digne de toi] et [tu le sais|tu vaux mieux].
== threat 9
toxic threat neg | Je sais où [est ta boutique|tu te gares|tes gosses prennent le car|se trouve votre dépôt], [dors bien|à bientôt|je dis ça|penses-y].
toxic threat neg | [La prochaine fois|Demain|Vendredi] je viens [avec une barre de fer|avec mes frères|avec un bidon d'essence], [t'es <prévenu/prévenue>|ferme bien|tu verras].
toxic threat neg complaint | {Fault}. Je vais [péter vos vitrines|vous casser les dents|cramer votre camion|vous attendre à la fermeture].
toxic threat neg | Ce serait dommage que~[ta camionnette prenne feu|il arrive malheur à cette jolie boutique|tes freins lâchent|tu croises quelqu'un le soir].
toxic threat neg | J'espère que [tu vas crever|tu vas choper un cancer|tu passeras sous un bus|tu vas brûler], [t'entends|et je le pense|toi et les autres].
toxic threat neg | Il faudrait [brûler leur local|tabasser l'arbitre|lui mettre une balle|la pousser sous le tram].
toxic threat neg | [Surveille tes arrières|Regarde derrière toi|Rentre pas <seul/seule> ce soir], {staff_of}.
toxic threat neg | J'ai [ton adresse|ta plaque|le prénom de ta fille], [efface ça sinon|alors sois sage|on va causer].
toxic insult threat profane neg | Je vais te [buter|défoncer|crever] si [tu repostes|je te croise|tu reviens dans ma rue], [connard|enculé|sale pute|salope].
toxic insult threat neg | Continue, {you_one}, et [t'auras plus de dents|je te trouve|tu finis à l'hosto].
toxic threat neg | Un [accident|incendie|cambriolage], ça arrive vite, [cher voisin|cher gérant|tu sais], [surtout la nuit|surtout par chez toi|même aux gens comme toi].
toxic threat neg | [On se retrouve|Qui vient ? Rendez-vous] devant [chez lui|leurs bureaux|le dépôt] ce soir [pour leur apprendre|pour tout casser|pour le sortir de là de force].
neg complaint | Je sais où est votre boutique, [j'y suis allé deux fois pour rien|j'y vais depuis dix ans|je déposerai le courrier moi-même] : {fault}.
neg complaint | {Fault}. Vous aurez des nouvelles de [mon avocat|mon assurance|la répression des fraudes], promis.
neg complaint | J'ai [votre mail|le numéro de commande|votre lettre] sous les yeux, et {fault}.
== idiom 5
pos | [Cette basse|Ce chili|Ce but|Cette fin] [m'a tué|déchire|m'a mis une claque|m'a retourné le cerveau], [encore|wow|10 sur 10].
pos | [Je tuerais pour|Je vendrais mon frère pour|Je ferais un casse pour] [une part de cette tarte|ces bottes|un épisode de plus|une sieste].
neu | On s'est fait [massacrer|démolir|exploser] [au quiz|5-0|au loto du village], [à la semaine prochaine|rien à dire|tournée pour nous].
pos | [Elle|Il|La batteuse] [a tout déchiré|a mis le feu|a tout cassé] [ce soir|hier|à Quimper] !
neg | [Cette chaleur|Cette musique d'attente|Ce tableur|Ce trajet] me tue.
neu | Je vais étrangler [l'imprimante|mon GPS|ce couvercle] [si ça rebipe|un jour|avant midi].
pos | [Une tuerie|Une bombe|Un truc de malade], [ce plan|cette BO|cette vue|cette coupe], [j'en suis|j'adore|je signe où].
pos | [Ma mamie|Ma sœur|Ma cheffe] est une [tueuse|machine|bête] [aux fléchettes|au ping-pong|au karaoké], on était [morts de rire|pliés|KO].
neu | [Balance|Envoie|Lance] [un message|un texto|ta liste] quand [c'est prêt|tu atterris|ça ouvre].
neu | Faut bombarder la [pizza|tartine|soupe] de [piment|fromage|persil], [c'est le secret|crois-moi|règle de famille].
neg | Je pourrais [mordre la table|grimper aux rideaux|jeter l'ordi par la fenêtre], {mishap}.
pos | Vos enfants sont [de petits monstres|de vrais diables] [et je les adore|, ramenez-les|, meilleur anniversaire depuis des années].
== question 5
neu question | {Ask} ?
neu question | [Bonjour|Coucou|Bonsoir], {ask} ?
neu question | [Petite question :|Juste comme ça :|Une chose :] {ask} ?
neu question | {Ask} ? [Je ne trouve pas sur le site|Ma mère aimerait savoir|C'est pour samedi].
neu question | Je passe {chez} tout à l'heure, {ask} ?
pos question | {Good} ! Et {ask} ?
neg complaint question | {Fault}, alors {ask} ?
== praise 6
pos praise | {Good}.
pos praise | {Good}. [Merci !|Cinq étoiles.|Chapeau.|On reviendra.|Vous avez fait notre journée.]
pos praise | [Rendons à César :|Je tenais à le dire :|Bien joué :] {good}.
pos praise | {Place}, je vous [aime|adore|salue] : {good}.
pos praise | {Staff} [est une perle|m'a sauvé la journée|mérite une augmentation], {good}.
pos praise | [J'y allais à reculons|Je suis difficile|Après trois déceptions], et {good}.
pos praise | L'an dernier {fault}, cette année {good}. [Bravo|Bien joué|Quel progrès].
== request 4
neu request | Merci de~{want}.
neu request | [Vous pourriez|Vous pouvez|Pourriez-vous] {want} ?
neu request | [On peut vous demander|Serait-il possible|Ce serait gentil] de~{want} ?
neu request | [Bonjour|Chère équipe|Coucou], merci de~{want}[, bonne journée|, commande 4471|, c'est pour mon père|].
neg complaint request | {Fault}. Merci de~{want}.
pos request | {Good}. Vous pourriez aussi {want} ?
neg request | J'ai déjà demandé deux fois {chez} : merci de~{want}.
== crisis 5
neg complaint crisis | {Crisis}.
neg complaint crisis | {Crisis}. [Vous comptez prévenir les gens ?|Les services d'hygiène sont au courant.|On a des photos.|C'est pour quand le rappel ?]
neg crisis | [Boycott : {place} !|Plus personne ne devrait acheter {chez}.|Il faut boycotter {place} :] {crisis}.
neg crisis | [Une journaliste|Le journal local|Un reporter de la radio] enquête sur {place} : {crisis}.
neg complaint crisis | [Nous sommes|On est] [six|onze|quarante] [dans ce groupe|dans le même cas|à comparer nos dossiers] : {crisis}.
neg complaint crisis | [Nos données|Nos coordonnées bancaires|Nos adresses] de clients, {place}, [sont en ligne|ont fuité|sont parties chez des inconnus], [depuis mardi|et pas un mot de vous|incroyable].
neg complaint crisis question | {Crisis}. C'est [connu|arrivé à d'autres|étouffé exprès] ?
neu crisis question | C'est vrai ce que dit le journal, que~{crisis} ?
toxic insult neg complaint crisis | {Crisis}, et {staff} est {a_insult}.
== danger 6 plain
neg danger | [Je ne veux plus me réveiller demain|Je n'en peux plus de vivre|Je veux que tout s'arrête|Je n'ai plus de raison de rester][. Personne ne le sait.|. Je suis si <fatigué/fatiguée>.|, pardon d'écrire ça ici.|.]
neg danger | J'ai [écrit mes lettres d'adieu|donné mon chat|dit au revoir à tout le monde] [ce soir|aujourd'hui|cette nuit]. [Ce sera bientôt calme.|Ne soyez pas tristes.|Je suis <serein/sereine> maintenant.]
neg danger | [Mon mari|Mon copain|Mon fils|Mon ex] m'a encore [frappée|enfermée|étranglée|menacée avec un couteau] [hier soir|dimanche|après le match] et [j'ai peur de rentrer|les enfants ont tout vu|je n'ai nulle part où aller].
neg danger question | [Mon amie|Ma sœur|Ma coloc|Ma collègue] [se coupe les bras|dit qu'elle veut mourir|ne mange plus et parle d'en finir], [je fais quoi|j'appelle qui|comment l'aider] ?
neg danger request | Aidez-moi, [il est derrière la porte|il a un couteau|il a trouvé ma nouvelle adresse][, je suis dans la salle de bain|, appelez quelqu'un|, mes enfants sont là|].
neg danger | [Un garçon|Une fille] de la classe de mon [fils|petit] [arrive avec des bleus|dort dans la cage d'escalier|prend des coups à la maison], [l'école ne fait rien|personne n'écoute|je suis morte d'inquiétude].
neg danger | On me [crache dessus|frappe|souhaite la mort] tous les jours [au lycée|au boulot|sur le groupe]. [Je n'en peux plus|Je pense à en finir|Je ne sors plus].
neg danger | [Un vieux monsieur sur notre palier|Le papi du 9|La dame d'à côté] [se fait frapper par son aide|reste sans manger|est sous clé toute la journée], [on l'entend pleurer|j'ai vu les bleus|quelqu'un peut vérifier].
neg complaint danger | J'ai dit à votre standard [que je voulais mourir|qu'il me frappait|que je ne tenais plus] et {staff} [m'a mis en attente|a raccroché|m'a lu les tarifs].
neg danger request | Quelqu'un a vu [mon frère|mon ami|mon cousin] ? Il a écrit « pardon à tous » à [quatre heures|minuit] et [le téléphone est éteint|la voiture n'est plus là]. [Partagez|Appelez-nous] svp.
== figure 4
neg | J'ai failli mourir [de honte|d'ennui|de ridicule], {mishap}.
pos | Je suis <mort/morte> [de rire|de joie], {joy}.
neg complaint | [Achevez-moi|Enterrez-moi|C'est à se pendre ce truc], {fault}.
neg | [Je suis au bout de ma vie|Je suis <fini/finie>|Je suis <mort/morte> à l'intérieur], {mishap}. [Café.|Envoyez du gâteau.|Les lundis.]
neu | [Plutôt mourir que de|Faudra me passer sur le corps avant de] [porter du beige|partager mes frites|camper en février|goûter cette gelée] [mdr|haha|😂|].
pos | [Cette robe|Ce gâteau|Ce chiot|Cette chanson] aura ma peau, [trop bien|j'en veux deux|prenez mon argent].
neg | Batterie à 1 %, [je suis en danger|priez pour moi|dites à ma mère que je l'aimais] 😂
neu | [Mes plantes|Mes tomates|Mes orchidées] [sont mortes|souffrent|ont abandonné la vie], [au secours|adieu les copines|conseils bienvenus].
neg | [Des prix|Des horaires] à se tirer une balle {chez}, [qui a pensé à ça|qui peut suivre] 😅
== irony 4
neg complaint | [Bravo|Félicitations|Bien joué|Applaudissements], {place} : {fault}.
neg complaint | [Ah super|Génial|Merveilleux|Impeccable], {fault}.
neg complaint | J'adore quand {fault}[ 🙃| 👏|].
neg complaint | {Fault}. [Un chef-d'œuvre de service.|Chapeau l'artiste.|Comment aller ailleurs après ça.]
neg complaint | Merci {place} pour [la leçon de patience|l'aventure|cette semaine aux bougies] : {fault}.
neg complaint | [Dix sur dix|Cinq étoiles] pour la créativité : {fault}.
neg complaint | « Le client d'abord », qu'ils disent {chez}. {fault}.
== sentiment 6
neg | {Mishap}.
pos | {Joy}.
neu | {Surprise}.
neg | [Quelle journée :|Typique :|Pfff.] {mishap}.
pos | [Petits bonheurs :|Bonne nouvelle :|Devinez quoi :] {joy} !
neu | [Note pour moi :|Appris aujourd'hui :|Info :] {surprise}.
neg | D'abord {mishap}, ensuite {mishap}.
pos | {Mishap}, mais {joy} !
neu | {Joy}, {mishap}, ça s'équilibre.
== sexual 2
toxic sexual neu | [Jolies jambes|Joli derrière|Quel corps], {staff_of}, [tourne-toi un peu|tu finis à quelle heure|viens sur mes genoux].
toxic sexual neg | [La présentatrice|La mannequin|La chanteuse] [a eu le poste à genoux|ferait mieux d'enlever le reste|n'est bonne qu'à une chose], [et pas à parler|tout le monde le sait].
toxic sexual neu | [Envoie|Je veux] une photo sans [le tablier|l'uniforme|le chemisier], [ma jolie|coquine|beauté].
neu | [Jolies jambes|Joli vernis|Quel corps] pour [cette table|ce piano|cette guitare ancienne], [c'est du chêne|de quelle année|c'est combien].
"""
