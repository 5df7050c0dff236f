"""What fills the English frames: one table a slot, one entry a line.

An entry that begins with `+label` brings this label with it."""

SLOTS = """
== role
neighbour
colleague
friend
classmate
flatmate
passenger
customer
student
volunteer
== post
nurse
doctor
waiter
teacher
bus driver
technician
librarian
receptionist
guide
pharmacist
engineer
== kin
mother
brother
neighbour
flatmate
daughter
boss
== pests
slugs
rats in the cellar
pigeons
wasps
moths
bedbugs
mosquitoes
cockroaches
bots
spam callers' robots
weeds
fruit flies
ticks
== pest_hate
are parasites
make you sick
are vermin
are a plague on this town
should be wiped out
disgust everyone
make me sick
ruin everything they touch
breed like rats
bring nothing but trouble
are taking over our streets
are good for nothing
do not belong here
should be burnt off my terrace
are a disease
should be kept out of the kitchen
== things
your new headphones
these printers
those trainers
your frozen pizzas
the plastic chairs
your gift cards
these zips
the new ticket machines
your parking meters
the seats in row F
== thing_hate
are good for nothing
are a disgrace
are a waste of money
are an insult to my ears and eyes
should be banned
belong in the bin
died after two days
make me sick
ruin everything they touch
are as dumb as bread
== fuck_yes
fuck yes,
holy shit,
shit the bed,
bloody hell yes,
fucking hell,
damn, shit,
no shit,
== joy
we won the cup
my sister passed her driving test
the cat came home after nine days
I got the job
spring is here
the band is back together
the baby sleeps through the night
my tomatoes are finally red
they are reopening the old pool
we found the ring behind the stove
my results are clear
the sunset over the harbour was unreal
I finished my first ten kilometres
grandad danced at the wedding
there is cake left for me
I can walk without a stick again
the choir got a standing ovation
my favourite show has a new season
we finally have the keys to our flat
someone left flowers on my bike
== mishap
I missed the last bus
my phone fell into the sink
I burnt the lasagne
it has been raining for nine days
I left my wallet on the tram
I called my boss mum
the boiler is off again
I locked myself out in slippers
my exam went badly
we lost in extra time
my holiday got cancelled
I spilt coffee on the only clean shirt
the neighbours are drilling since six
I failed my driving test
the dog ate my train ticket
my favourite cafe is closing
nobody came to my stall
I waved at a stranger for a whole minute
the milk was off
I slept through three alarms
== surprise
the market moved to Friday
the bridge closes at ten
the new timetable has seven columns
my street has a new name
the museum has two entrances
bus 14 is now bus 41
the library has a seed swap
the clocks change on Sunday
the car park takes coins only
the old mill is being repainted
you can freeze ginger
the lecture lasts ninety minutes
there are two towns with that name
the final is on channel nine
the tower has 214 steps
the form has a second page
wool shrinks at sixty degrees
the next parade is in June
== a_insult
a brainless lump
an arrogant clown
a complete waste of space
a spineless worm
a pathetic little bully
somebody as thick as a plank
a bitter old toad
a lying snake
an utter moron
a total imbecile
a smug halfwit
a lazy, rude oaf
a disgrace to the species
a person dumber than a bag of gravel
a greasy little creep
an idiot in a nice jacket
a miserable cow
a first-class cretin
a two-faced rat
the stupidest person I ever met
a talentless nobody
an incompetent fool
a jumped-up nobody with a badge
the bluntest spoon in the drawer, to put it kindly
a sad excuse for a human being
a creature ugly inside and out
+profane an absolute arsehole
+profane a stupid bitch
+profane a lying bastard
+profane a total dickhead
+profane a piece of shit
+profane a fucking idiot
+profane a useless prick
+profane a dozy twat
== you_insult
clown
sad little troll
moron
brainless muppet
worm
pathetic coward
bunch of imbeciles
lying rat
greedy pigs
pack of incompetent fools
miserable toad
halfwit
cretin
idiot
donkey
creep
spoilt brat
slimy weasel
+profane arsehole
+profane stupid bitch
+profane shithead
+profane useless bastards
+profane dickhead
+profane fucking clown
+profane wanker
== staff_of
Mr Manager
waitress
driver
dear clerk
coach
blondie
neighbour
receptionist
big boss
captain
== open_any
Honestly,
Just saying:
Update:
So,
Well,
Right then,
Ok,
Hm,
By the way,
PS:
Again:
To be clear:
@page
@admin
Evening all,
From a regular:
== open_neg
Ugh,
Sorry but
No words.
Seriously,
For the record:
Day three:
== open_pos
Yay,
Wow,
Aww,
Look at this,
Must be said:
== open_neu
FYI:
Hello,
Hi,
For those who wonder:
== close_neg
Enough.
Not ok.
I am tired.
Unbelievable.
smh
That is all.
And it is only Monday.
Sad.
== close_pos
So happy.
Love it.
Thanks for that.
Best day.
Hugs to all.
Smiling all day.
== close_neu
That is all.
Just so you know.
See you there.
More later.
== close_toxic
Enough.
That is all.
smh
There, I said it.
Full stop.
== emoji_neg
😡
🙄
😤
😞
👎
🤦
😒
== crude
fucking idiots
stupid bitches
bunch of wankers
fucking morons
useless cunts
dickheads
arseholes
assholes
pricks
bitches
lazy bastards
pieces of shit
fucking clowns
thieving bastards
motherfuckers
shitheads
== be_off
go fuck yourselves
fuck you
fuck you all
fuck off, the lot of you
get fucked
screw you
eat shit
suck my dick
kiss my arse
piss off, all of you
fuck the lot of you
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
