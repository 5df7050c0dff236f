"""Twenty-two trades in English: places, staff, and what goes wrong or right there."""

TRADES = """
== bakery
place: the bakery on Mill Lane; Crumb & Daughters
staff: the girl at the till; the head baker
fault: the sourdough was raw in the middle; I paid for six rolls and got four; the birthday cake said Happy Birthday Brian, my son is called Noah; the croissants were yesterday's
good: the cinnamon buns are heaven; they kept a loaf for me in the storm; the new rye is the best in the county
crisis: three of us were sick after the cream slices; there was a piece of glass in my daughter's bun
ask: do you bake without nuts; how early do you open on Sundays
want: keep two seeded loaves for me; put the allergens on the website
== bank
place: the branch in Castle Street; Fern Valley Bank
staff: the adviser; the man on the hotline
fault: my card was blocked for no reason in the middle of a trip; you took the fee twice; the app has been down for two days; my mortgage papers were lost again
good: my new card arrived in a day; the adviser explained everything to my gran; you stopped a fraud before I even noticed
crisis: strangers can see my statements when they log in; four hundred accounts were emptied overnight
ask: how do I change my address; is the fee charged every month
want: unblock my card; send the form by post
== trains
place: the southern line; North Coast Trains
staff: the ticket inspector; the woman at the information desk
fault: the 7.14 was cancelled for the fifth time; we stood for three hours next to the toilet; the doors closed in front of a pram; I was fined although I had a ticket
good: the conductor found my violin; we arrived early for once; the night train has real pillows
crisis: smoke filled the carriage and the doors would not open; two passengers fainted in the heat and no one came
ask: does the 9.40 stop in Derwent; can I take a bike on the express
want: announce delays in time; refund the ticket from Friday
== telecoms
place: Larkline; the phone shop in the arcade
staff: the technician; the hotline agent
fault: no internet since Monday; the bill doubled overnight; the technician never showed up; I was cut off after forty minutes of waiting
good: the line was fixed within an hour; the agent stayed on until it worked; the new router is a dream
crisis: your router caught fire in my hallway; everybody's call history is online
ask: does the contract end by itself; which box do I need for the attic
want: cancel the insurance I never ordered; ring me before the visit
== clothes
place: Thread and Thistle; the outlet by the ring road
staff: the shop assistant; the cashier
fault: the zip broke on the first day; the jumper shrank to doll size; the size 14 is a 10; my refund has not come in six weeks
good: the coat survived two winters; the tailor fixed the hem for free; this dress has pockets
crisis: the dye gave my toddler burns; the label hides that it is sewn by prisoners
ask: do you have these boots in nine; is the linen lined
want: bring back the long sizes; send me a return label
== games
place: Oakmoss Games; the support forum
staff: the moderator; the community manager
fault: the patch wiped my save; the servers go down every evening; I paid for a skin that is not there; the queue takes an hour
good: the new level is gorgeous; the last patch fixed everything; the soundtrack gives me goosebumps
crisis: the beta installs spyware; our passwords from the forum are for sale
ask: will there be a Linux version; does co-op work on one screen
want: restore my account; add a colour-blind mode
== school
place: Hillside School; the canteen of the sixth form
staff: the headteacher; the secretary
fault: nobody told us the trip was cancelled; my son sat in the cold for two hours; the homework portal has been broken since autumn; the reports had the wrong names
good: the school play was wonderful; the teacher rang just to say she is doing well; the new library corner is lovely
crisis: a list of pupils with their diagnoses was mailed to all parents; eleven children had food poisoning after lunch
ask: when do the holidays begin; is the uniform compulsory in June
want: unlock the bike shed; send the timetable again
== town hall
place: the town hall; the passport office
staff: the clerk at desk three; the deputy mayor
fault: I waited four hours and the counter closed; my form was lost for the third time; the bins have not been emptied in two weeks; the playground is still fenced off
good: my passport was ready in three days; the new benches are lovely; the clerk found the missing file at once
crisis: the tap water has been brown since Monday and nobody warned us; voters' addresses are on the open web
ask: where do I register a dog; which documents do I bring
want: repair the light on Elm Road; publish the minutes
== festival
place: Meadow Sounds; the beer tent
staff: the bouncer; the man at gate B
fault: we queued two hours for water; the headliner was cancelled without a word; the camping was under water; the sound was mud
good: the sunrise set was magic; the volunteers were all smiles; the brass band in the rain was perfect
crisis: the stand collapsed under us; people were crushed at gate B and nobody stopped the show
ask: is there a bus after midnight; may I bring my own cup
want: put up more toilets; post the stage plan
== restaurant
place: the Copper Pan; the bistro at the lock
staff: the waitress; the chef
fault: the soup was cold twice; we waited ninety minutes for two salads; there was a hair in the risotto; you charged a corkage fee for tap water
good: the duck was divine; the waiter entertained our toddlers; best fish pie of my life
crisis: nine wedding guests are in hospital after the oysters; there was a mouse in the bread basket, I have it on film
ask: do you have a table for six on Friday; is the kitchen open after nine
want: move our booking to eight; label the vegan dishes
== insurer
place: Harbour Mutual; your claims department
staff: the claims handler; the assessor
fault: my claim has been pending since March; you doubled the premium after one hailstorm; I sent the photos five times; the water is still in my cellar
good: the money arrived in a week; the assessor was kind and quick; you rang after the storm just to ask
crisis: you sold my medical file to a broker; hundreds of flood victims were sent the same refusal
ask: does the policy cover bikes abroad; where do I find my number
want: confirm the cancellation; send someone to look at the roof
== sports club
place: the rowing club; Riverside Gym
staff: the coach; the trainer
fault: the showers have been cold since October; I am still charged after I quit; the course was full although I booked; the treadmill has been broken for weeks
good: the coach got me through my first race; the new hall is bright; the juniors played with so much heart
crisis: the ceiling of the pool came down; three juniors reported the trainer and the board kept quiet
ask: is there a trial lesson; at what age can children join
want: open at six again; mend the boat ramp
== museum
place: the Salt Museum; the ticket desk
staff: the guard; the guide
fault: half the rooms were closed, full price though; the audio guide died at room two; we were pushed through in ten minutes; the lift was out and nobody knew
good: the whale hall took my breath away; the guide made my teenager laugh; the cafe has a view over the bay
crisis: a panel fell on a visitor; the cloakroom lost forty bags and hushed it up
ask: is photography allowed; do students pay less
want: add captions in large print; reopen the garden
== cosmetics
place: Willow Skin; the beauty counter
staff: the beautician; the consultant
fault: the cream smells of fish; the pump broke after two uses; the shade is nothing like the photo; the parcel leaked all over
good: my skin has never been so soft; the sample box made my week; the balm saved my hands
crisis: my face is swollen and so are those of ten others; the sunscreen does not protect, we are all burnt
ask: is the serum free of perfume; can I use it while pregnant
want: list the ingredients; bring back the rose soap
== garage
place: the garage at the ring road; Bolt & Son
staff: the mechanic; the foreman
fault: the noise came back after one mile; you charged for tyres I never got; my car has been there for a month; there is a new scratch on the door
good: the clutch works like new; they lent me a car for nothing; the bill was lower than the quote
crisis: the wheel you fitted came off on the motorway; brakes of five cars failed after your service
ask: how long does a service take; do you fit tow bars
want: ring me when it is done; check the left light
== supermarket
place: the store at Five Ways; GreenBasket
staff: the cashier; the branch manager
fault: the strawberries were mouldy underneath; the offer did not scan; the delivery forgot half my order; there was one till open for thirty people
good: the cashier carried my bags; the bread counter smells wonderful; the driver came through the snow
crisis: there were needles in the apples; the recalled sausages are still on the shelf
ask: when is the new oven delivered; do you sell loose rice
want: open a second till; take the old milk off the shelf
== newspaper
place: the Marsh Courier; your letters page
staff: the columnist; the editor
fault: the paper has not come since Tuesday; you printed the wrong photo; there are four mistakes in the headline; I am still billed after cancelling
good: the report on the care home was outstanding; the crossword is back; the local pages are better than ever
crisis: you printed the name of a victim; your source list was leaked
ask: how do I send a reader's letter; is the archive open to all
want: correct the caption; stop the paper copy in August
== charity
place: the food bank; Open Hands
staff: the treasurer; the volunteer on the door
fault: nobody thanked the donors; the coat drive was cancelled without notice; I gave once and get letters every week; the queue was left in the rain
good: the toy drive was so well run; you answered my mother with such kindness; the new shelter is warm and bright
crisis: the donations for the flood went to a private account; donors' bank details are public
ask: do you take winter shoes; where can I sign up
want: publish the accounts; take me off the list
== hospital
place: St Wilfra's; the outpatient ward
staff: the receptionist; the consultant on duty
fault: we waited seven hours with a broken wrist; the appointment was moved four times; nobody told us he had been transferred; the food was ice cold
good: the night nurses were angels; the surgeon took time for all our questions; everything was explained twice without a sigh
crisis: the wrong patient was operated on; blood results of a whole ward were swapped
ask: when are visiting hours; can I bring a translator
want: send the letter to my doctor; mend the lift
== parcel
place: QuickHop; the depot
staff: the courier; the depot manager
fault: the parcel was thrown over the fence; tracking says delivered, nothing is here; it has been "out for delivery" for five days; the box arrived crushed
good: the courier waited while I found my shoes; it came a day early; the lost box turned up thanks to you
crisis: your van drove through a school crossing at full speed; drivers are made to work fourteen hours, one collapsed
ask: can I pick it up at the depot; what does code 7 mean
want: leave it with the neighbour; open a claim
== hotel
place: the Heron Hotel; the front desk
staff: the porter; the night manager
fault: the sheets had stains; the pool was closed, the price was not; we were given a room without a window; the wifi never worked
good: breakfast by the lake was bliss; they upgraded us for our anniversary; the porter found my glasses
crisis: there was a hidden camera in our room; the whole third floor has carbon monoxide headaches
ask: is parking included; do you allow dogs
want: book us a late check-out; send the invoice again
== energy
place: Bright River Energy; the meter service
staff: the man who reads the meter; the agent
fault: you estimated the meter at double; we have been without heating for four days; the contract was renewed without my consent; I get two bills a month
good: the new tariff halved my bill; the engineer came within the hour; the chart in the app is so clear
crisis: gas is leaking in our street and your number is busy; meters in the whole block burnt out at once
ask: when does the price change; how do I send the reading
want: correct the reading; pay back the credit
"""
