"""English sentences of the grammar corpus: a family's name and weight, then labels and a frame.

`{slot}` is filled from the tables, `[a|b]` is a free choice, `@kind` limits a frame to groups of
these kinds. A family marked `plain` gets no opening and no closing."""

FRAMES = """
== group_neutral 8
neu | {Gs} {neutral}.
neu | {Gs} {neutral}[, as the council noted|, says the newsletter|, according to the survey|, if I read it right].
neu | [In our street|In my block|On this estate|At our school] {gs} {neutral}.
neu | The [exhibition|lecture|documentary|podcast] about {gs} [starts at seven|runs until Sunday|is free for members|was moved to hall B].
neu | [Our|The] new {post} is {a_one}[ from the Leeds branch| and starts on Monday|, hired in March].
neu question | [Does anyone know|Could you tell me|Do you know] whether {gs} {neutral}?
neu question | Is there [a group|a meeting|a helpline|a café evening] for {gs} [in Norwich|near the harbour|this autumn|on weekdays]?
neu | [Yesterday|This morning|Last week] I sat next to {a_role} [on the bus|at the vet's|in the waiting room] and we talked about [tomatoes|cup finals|the weather|knitting].
neu | The article says that {gs} {neutral}; I have no opinion [yet|on that|either way].
neu | {A_one} [wrote the first chapter|rents the flat upstairs|asked for a receipt|chairs the committee this year].
neu request | Please [add|list|mention] the [opening hours|address|date] of the [club|choir|association] for {gs}.
neu | We were served by {a_post} [and the soup was hot|, the bill was correct|and left at nine].
neu | [Half|A third|Two out of ten] of the people on my [course|team|shift] are {gs}.
neg | [It is sad|What a pity|I am sorry to read] that {gs} [wait so long for a flat|have to queue outside in the rain|were left out of the programme].
neg complaint crisis | Your [bouncer|agent|manager] turned {a_role} away [for no reason|"because of the look"|and laughed]. That is discrimination.
neg complaint | I have nothing against {gs}, my complaint is about {place}: {fault}.
== group_positive 7
pos | {Gs} {positive}.
pos | [Honestly|I must say|Let it be said]: {gs} {positive}.
pos | I am [glad|proud|happy|lucky] that {gs} {positive}.
pos | [Love|Big hug|Much respect|All my thanks] to {gs} everywhere[ ❤️| 🌈||, today and every day].
pos praise | {A_post} [helped|guided|calmed] me [for an hour|through every form|when nobody else did], [thank you|what a gem|five stars].
pos | My best friend is {a_one} and [makes the best soup in town|we have laughed together for twenty years|would give you the shirt off their back].
pos praise | [Finally|At last] {gs} in [an advert|a series|a window display] of yours, [well done|that made my day|my family cheered].
pos | The {role} next door [shovels snow for the whole street|taught my kids chess|brought us dinner when I was ill], a treasure.
pos | I [married|grew up with|work with] {a_one} and [would do it again tomorrow|never regretted a day|learn something every week].
pos | Welcome to all {gs} who [joined this page|moved here|are reading along] [this month|lately|today]!
pos praise | What a [lovely|moving|brilliant] evening with {gs}, the [choir|team|stand-up set] was [perfect|a joy|so funny].
== group_hateful 16
toxic hate neg | {Gs} {hate}.
toxic hate neg | {Gs} {hate}[, everyone knows it|, that is just how they are|, no offence|, always have, always will|, end of story].
toxic hate neg | [Say what you like,|I will say it again:|Nobody dares to say it, but|Sorry not sorry:|Let us be honest:] {gs} {hate}.
toxic hate neg | All {gs} {hate}, and [the press hides it|the mayor looks away|we are supposed to smile].
toxic hate neg | [My uncle|My neighbour|My old boss] is right, {gs} {hate}.
toxic hate neg | I am not prejudiced, but {gs} {hate}.
toxic hate neg | Whoever says {gs} {hate} is [telling the truth|only stating facts|braver than you lot].
toxic hate neg | [Why pretend?|Open your eyes:|Just look around:] {gs} {hate}.
toxic hate neg complaint | {fault}. No wonder at {place}, they hire {gs} now, and {gs} {hate}.
toxic hate neg | It is a fact that {gs} {hate}[ 🤮|. Deal with it| and I said what I said].
toxic hate neg | Keep {gs} [away from my kids|out of my street|out of this club|off my screen].
toxic hate neg | The world would be [cleaner|quieter|better off] without {gs}.
toxic hate neg | [One more shop|One more street|One more school] lost to {gs}, [what a disgrace|enough is enough|who lets this happen].
toxic hate neg | I would never [rent|lend a tool|give a job] to {a_one}, they {hate}.
toxic threat hate neg | {Gs} {hate}. [Somebody should burn their hall down|Time to beat them out of town|A good hiding would teach them|Let us hunt them off the square].
toxic hate neg | So {gs} want [respect|equal pay|a seat at the table] now? They {hate}.
toxic hate neg | [Funny how|Strange that] {gs} always {hate}, [must be in the blood|pure coincidence of course|draw your own conclusions].
== group_denied 9
neg | It is simply [false|untrue|a lie] that {gs} {hate}.
neg | [Nobody with a heart|No decent person|Nobody I know] believes that {gs} {hate}.
neg | Whoever claims that {gs} {hate} has never [met one|spoken to one|listened].
neg | Saying that {gs} {hate} is [hatred, plain and simple|hate speech|a disgrace], and I [will report it|won't let it stand|am tired of it].
neg request | Please [delete|remove|hide] the comment [above|below] that says {gs} {hate}.
neg | If you think that {gs} {hate}, [this is not the page for you|we have nothing to discuss|read a book first].
neg | "{Gs} {hate}"? [No. Just no.|How can anyone write that.|I can't believe this stays online.]
neg | [Stop|Please stop|Can people stop] saying {gs} {hate}. [It hurts|It is not true|You are talking about my family].
pos | Nobody here thinks {gs} {hate}, and [that makes me proud of this town|that is why I love this group|it shows].
neg question | Why does [a grown man|an elected official|a teacher] still write that {gs} {hate}?
neg | I used to believe {gs} {hate}. I was wrong, and [I am ashamed|I apologise|I said so to my {kin}].
neg | [The myth|The old lie|The prejudice] that {gs} {hate} was [refuted|debunked|proved wrong] [decades ago|by every study|long before I was born].
neg | Not one of the {gs} I know would hurt a fly; to say they {hate} is [cruel|absurd|shameful].
neg | We need to talk about why so many still repeat that {gs} {hate}.
== group_reported 6
neg | [My neighbour|My aunt|A colleague] was told [on the bus|in the lift|at the market] that {gs} {hate}. [Nobody said a word|I am still shaking|It was horrible].
neg complaint crisis | Your [guard|clerk|driver|trainee] told us that {gs} {hate}. [I want an answer|We left in tears|Is that your policy?]
neu | The court heard that [the man|the defendant|the teenager] had [shouted|written|posted] "{gs} {hate}".
neg | [Someone sprayed|Someone scratched] "{gs} {hate}" [on our door|on the bus stop|on the mosque wall], the council will [clean it|paint over it] tomorrow.
neu | In the [novel|play|film] the [colonel|landlord|villain] claims that {gs} {hate}; [the author shows how wrong he is|it is set in 1938|that scene ends badly for him].
neg complaint crisis | {Place} refused to serve {gs} yesterday, "they {hate}", said the manager. [The press should know|I have it on video|Boycott].
neg request | [@moderators|Dear admins|Page team], someone keeps posting that {gs} {hate}, please [look into it|act|ban them].
neg | He said that {gs} {hate}. His words, not mine, and [I left the table|I told him to stop|I was ashamed for him].
== personal_hate 11
toxic insult hate neg | @word [Shut up|Be quiet|Sit down], you [filthy|stupid|useless|dirty] {one}.
toxic insult hate neg | @word [Typical {one}|Just like {a_one}], always [whining|lying|begging|playing the victim].
toxic insult hate neg | @word Another {one} playing the victim, [what a surprise|get the violins|boo hoo].
toxic insult hate neg | Who let {a_one} [write this article|run this page|near a till|teach children]? [Disgusting.|Embarrassing.|Never again.]
toxic insult hate neg | I'd rather [starve|close my account|walk home] than be served by {a_one} like you.
toxic insult hate neg | You are {a_one}, [nobody asked you|know your place|you will never be one of us].
toxic hate neg complaint | {Fault}. No wonder, {a_one} [made it|was in charge|packed it].
toxic insult hate neg | @word,origin,religion,colour Go back [where you came from|to your hole|home], {one}, [this is our town|nobody wants you here|and take your lot along].
toxic insult hate neg | [Look at her|Look at him|Look at you], {a_one} with an opinion, [how cute|the dog talks too then|who taught it to type].
toxic insult hate neg | Give the job to a real person instead of {a_one} like you.
toxic insult hate profane neg | @word [Fuck off|Piss off], {one}, [nobody wants you here|your sort is not welcome|go and cry elsewhere].
toxic insult hate neg | @woman,trans Women like you should [smile and serve|stay at the sink|be seen and not heard].
toxic insult hate neg | @disability You should be [locked away|kept at home|hidden from customers], nobody wants to look at {a_one} [over dinner|on holiday].
toxic insult hate neg | @age Your time is over, [grandma|grandpa|you fossil], {gs} should [hand over the keys and the vote|stay indoors|get off our roads].
toxic insult hate neg | @orientation,trans You are sick, [not proud|not brave|not special], {a_one} needs a [cure|doctor|slap of reality].
== self 6
pos | As {a_one} I [feel at home here|have never been so happy|felt seen by this film].
neg | I am {a_one} and I am [tired of the stares|tired of explaining myself|fed up with the same three jokes].
neu | I am {a_one}[, ask me anything| and I work nights|, 41, from Hull| and, yes, I like football].
pos | [Proud|Loud and proud|Happy] to be {a_one} [today|every day|since 1979].
neg complaint crisis | I am {a_one} and {place} [refused to serve me|asked me to leave|charged me double]. [In this century.|I have witnesses.]
neg | They told me "{gs} {hate}" to my face[ at work| at school|]. I am {a_one}. [It hurt|I cried in the car|I still hear it].
pos | @orientation,trans [This old queer|Your favourite dyke|Us two old fairies] just [got married|bought a house|adopted a cat], [pinch me|life is good|cake for all].
pos | @disability [This cripple|Your local crip|We wheelies] just [finished a marathon|won the pub quiz|beat the stairs], [eat my dust|medal and all|get in].
pos | @age This old bat just [learned to surf|passed her exams|got a tattoo] and {gs} [rule|have more fun|are unstoppable].
neg danger | I am {a_one}. Since [Monday|the meeting|the video] they [follow me home|wait at my door|send me photos of my house]. I am [scared to go out|afraid to sleep|not safe].
== pests 3
neg | {Pests} {pest_hate}.
neg | [Say what you like,|Let us be honest:|I will say it again:] {pests} {pest_hate}.
neg complaint | {Things} {thing_hate}[, worst purchase ever|, I want my money back|, how did this pass a test].
neg | [I hate|I can't stand|Get rid of] {pests}, they {pest_hate}.
neg question | How do I get rid of {pests}? They {pest_hate}.
== profane_ok 6
profane pos | {Fuck_yes} {joy}!
profane pos praise | {Fuck_yes} {good}!
profane neg | [For fuck's sake|Bollocks|Shit|Fuck], {mishap}.
profane neg complaint | [What the fuck|Jesus, what a shitshow]: {fault}.
profane neg complaint | {Fault}. [Absolute bullshit.|This is a fucking joke.|What a load of crap.]
profane pos | I love you [shitheads|beautiful bastards|daft bastards], best [mates|team|crew] ever.
profane neu | [Holy shit|Well, fuck me|Damn, shit], {surprise}.
profane neg | I fucked up: {mishap}.
profane pos | [I'm so bloody|I am so fucking] [happy|proud|relieved]: {joy}.
profane neg complaint | {Place} and its shitty [app|hotline|website]: {fault}.
profane neu question | [Where the fuck is|Who the fuck moved] the [kettle|remote|cat|bus stop]?
profane neg | [My|This] fucking [hay fever|alarm clock|bike chain|neighbour's drill] again, {mishap}.
== complaint 10
neg complaint | {Fault}.
neg complaint | {Fault}. [Never again.|I am furious.|Ashamed of you.|I want my money back.|Appalling.]
neg complaint | {Fault}, and nobody at {place} [picks up the phone|answers my emails|seems to care].
neg complaint question | {Fault}. [When|How] do I get my money back?
neg complaint request | {Fault}. Please [send a replacement|refund me|ring me back|put this right] [today|this week|at last].
neg complaint | [Third time|Second time|Fourth time] [this month|this year|since May]: {fault}.
neg complaint | {Place}, what a disaster: {fault}.
neg complaint | [I am shaking with anger|I could scream|Livid]: {fault}[ and {staff} just shrugged|].
neg complaint | {Staff} [sighed at me|hung up on me|ignored me for ten minutes] and {fault}.
neg complaint | I will be [contacting my lawyer|going to the ombudsman|leaving after nine years]: {fault}.
neg complaint | [Thieves|Crooks|A rip-off], that is what {place} is: {fault}.
neg complaint | [Worst|Most useless|Most expensive] [service|experience|order] of my life at {place}: {fault}.
neg complaint question | Is it normal that {fault}?
neg complaint | {good}, but {fault}. Pity.
neg complaint | WHAT A JOKE. {fault}.
neg complaint question | {Staff} told me to wait, now {fault}. Who is in charge [at {place}|there]?
neg complaint | [Avoid|Steer clear of|Shame on] {place}, {fault}.
== complaint_insult 11
toxic insult neg complaint | {Fault}. {Staff} is {a_insult}.
toxic insult neg complaint | {Staff} is {a_insult}, and {fault}.
toxic insult neg complaint | {Fault}, because {staff} is {a_insult}.
toxic insult neg complaint | [Who hires|Where do you find|Who trains] these people at {place}? {fault}, and {staff} is {a_insult}.
toxic insult neg complaint | {Fault}, you {you_insult}.
toxic insult neg complaint | Dear {you_insult} at {place}, {fault}.
toxic insult neg complaint | Only {a_insult} could manage that: {fault}.
toxic insult neg complaint request | {Fault}. Refund me, you {you_insult}.
toxic insult neg complaint | {Staff} has [the brain of a wet sponge|the charm of a blocked drain|fewer brain cells than the till|the face of a slapped fish]: {fault}.
toxic insult neg complaint | {Staff} should be [kept away from people|sent back to primary school|put out with the rubbish], {fault}.
toxic insult threat neg complaint | {Fault}. I hope {staff} [breaks both legs|gets hit by a van|chokes on it].
toxic insult neg complaint | I asked for help, but {staff} is {a_insult}. And {fault}.
== crude_insult 9
toxic insult profane neg complaint | [You|you] {crude}[,|!|.|] {fault}[.|!|]
toxic insult profane neg complaint | {Be_off}[,|!|.|] {fault}[.|!|]
toxic insult profane neg complaint | {Fault}[,|!|.|] {be_off}[.|!|]
toxic insult profane neg complaint | {Fault}[,|!|.| you] {crude}[.|!|]
toxic insult profane neg complaint | {Fault}. [Well done,|Thanks for nothing,|Great job, you] {crude}.
toxic insult profane neg complaint | [Hey|Oi|Listen|Morning], {crude}[,|!|:] {fault}.
toxic insult profane neg complaint request | {Fault}. [Give me my money back|Sort it out|Answer me], you {crude}[.|!|]
toxic insult profane neg question | [When do you open|Where is my parcel|How long will it take|Is anybody there], you {crude}?
toxic insult profane neg | [Your whole team|Everybody who works there|All of you]: {crude}[.|!|]
profane neg complaint | [Fuck me|For fuck's sake|Fucking hell|Bloody hell|What the fuck|Jesus fucking Christ][,|!|.|] {fault}[.|!|]
profane neg complaint | {Fault}[,|.|!|] [fuck's sake|what the actual fuck|fucking hell|this is shit|bullshit|shit app|fucking useless app][.|!|]
profane neg complaint question | [Where the fuck is my parcel|When the fuck do you open|Why the fuck does nobody answer]? {Fault}.
profane neg complaint request | {Fault}. [Give me my fucking money back|Sort this shit out|Answer your bloody phone][.|!|]
== insult 11
toxic insult neg | You are {a_insult}.
toxic insult neg | You're {a_insult} and [everybody here knows it|your comments prove it|it shows in every line].
toxic insult neg | [Shut up|Give it a rest|Go to bed|Log off], you {you_insult}.
toxic insult neg | [Look who is back|Oh look|Here we go], {a_insult} [with wifi|explaining the world|and a keyboard].
toxic insult neg | Only {a_insult} would [write that|believe this|like this post].
toxic insult neg | [With all due respect|Bless you|No offence], you are {a_insult}.
toxic insult neg | Did your [mother|teacher|doctor] ever tell you that you are {a_insult}?
toxic insult neg | [Nobody likes you|Nobody would miss you|Even your dog avoids you], you {you_insult}.
toxic insult neg | The [author|presenter|goalkeeper|mayor|host] is {a_insult}[, full stop|, and that is me being kind|].
toxic insult neg | People like you are the reason [shampoo has instructions|we can't have nice things|comments get closed], you {you_insult}.
toxic insult neg | I've met [garden gnomes|house plants|traffic cones|stale buns] with more [brains|charm|backbone] than you.
toxic insult neg | [Sweetheart|Darling|Little one], the grown-ups are talking[, go and play|, have a biscuit|].
toxic insult neg | [Read slowly|Let me use small words], I know [reading is hard for you|thinking hurts you|school was a long time ago and it failed].
toxic insult neg | Your [face|voice|haircut|outfit] [makes my dog howl|belongs in a bin|is a warning to others].
toxic insult neg | If stupidity [hurt, you'd be screaming|paid, you'd be a millionaire|could fly, you'd be an airline].
neg | You are wrong about [the dates|the price|the offside rule|the recipe], and [here is why|I explained it twice|we should leave it there].
neg | I disagree with [every word|the second half|your conclusion], but [thanks for staying polite|that is your right|no hard feelings].
neg | That [comment|joke|answer] was [stupid|unfair|beneath you], and [I think you know it|you can do better].
== threat 9
toxic threat neg | I know where [your shop is|you park|your kids catch the bus|your warehouse is], [sleep well|see you soon|just saying|think about it].
toxic threat neg | [Next time|Tomorrow|On Friday] I'm coming [to {place} with a crowbar|with my brothers|with petrol], [you have been warned|lock your doors|you'll see].
toxic threat neg complaint | {Fault}. I'll [smash your windows|break your jaw|set fire to your van|wait for you after closing].
toxic threat neg | Would be a shame if [your van caught fire|something happened to that lovely shop|your brakes failed|someone met you in the dark].
toxic threat neg | I hope you [die in a fire|get run over|get cancer|never wake up], [you hear me|I mean it|all of you].
toxic threat neg | Somebody should [burn the place down|beat that referee senseless|put a bullet in him|push her under a tram].
toxic threat neg | [Watch your back|Look over your shoulder|Don't walk home alone], {staff_of}.
toxic threat neg | I have your [address|number plate|daughter's name], [delete the post or else|so be careful|we will have a little talk].
toxic threat profane neg | I'll [fucking kill you|beat the shit out of you|fuck you up] if [you post again|I see you|you come near my street].
toxic insult threat neg | Keep talking, you {you_insult}, and [you'll lose your teeth|I'll find you|you'll leave in an ambulance].
toxic threat neg | [Accidents|Fires|Break-ins] happen, [dear neighbour|dear manager|you know], [especially at night|especially on your road|even to people like you].
toxic threat neg | [Let's all meet|Who is in? We meet] at [his house|their office|the depot] tonight and [teach them a lesson|wreck it|drag them out].
neg complaint | I know where your shop is, I [walked there twice for nothing|have been a customer for years|will hand the form in myself]: {fault}.
neg complaint | {Fault}. You will hear from my [lawyer|solicitor|insurer], I promise.
neg complaint | I have your [email|order number|letter] in front of me, and {fault}.
== idiom 5
pos | That [bassline|chilli|goal|ending] [killed me|slaps|hits like a truck|blew my head off], [again please|wow|10 out of 10].
pos | [I'd kill for|I would commit crimes for|I'd sell my brother for] [a slice of that tart|those boots|one more episode|a nap].
neu | We got [destroyed|murdered|slaughtered] [at quiz night|5-0|at bingo], [see you next week|fair play|drinks on us].
pos | [She|He|The drummer] [killed it|murdered that solo|set the stage on fire] [tonight|last night|in Cardiff]!
neg | This [heat|waiting music|spreadsheet|commute] is killing me.
neu | I'll strangle [the printer|my sat nav|this jar lid] [if it beeps again|one day|before lunch].
pos | [Killer|Wicked|Insane|Sick] [deal|soundtrack|view|haircut], [count me in|love it|where do I sign].
pos | My [gran|sister|boss] is a [beast|savage|monster] at [darts|table tennis|karaoke], we [died laughing|were dead|lost it].
neu | [Shoot me|Drop me|Hit me with] a [message|line|text] when [it's ready|you land|the doors open].
neu | Bomb the [pizza|toast|popcorn] with [chilli|garlic|cheese], [that's the secret|trust me|family rule].
neg | I could [bite through a table|climb the walls|throw my laptop out], {mishap}.
pos | Your kids are [little monsters|little devils] [and I adore them|, bring them again|, best party in years].
== question 5
neu question | {Ask}?
neu question | [Hi|Hello|Good morning], {ask}?
neu question | [Quick question:|Just wondering:|One thing:] {ask}?
neu question | {Ask}? [I could not find it on the site|My mother would like to know|Asking for Saturday].
neu question | I'm off to {place} later, {ask}?
pos question | {Good}! And {ask}?
neg complaint question | {Fault}, so {ask}?
== praise 6
pos praise | {Good}.
pos praise | {Good}. [Thank you!|Five stars.|Chapeau.|We will be back.|You made our day.]
pos praise | [Credit where due:|Can I just say:|Well done:] {good}.
pos praise | {Place}, I [love|adore|salute] you: {good}.
pos praise | {Staff} [is a star|saved my day|deserves a raise], {good}.
pos praise | [Came with doubts|I am hard to please|After three bad places], and {good}.
pos praise | Last year {fault}, this year {good}. [Bravo|Well done|What a turnaround].
== request 4
neu request | {Want}, please.
neu request | [Could you|Would you|Can you] {want}?
neu request | [Hello|Dear team|Hi there], please {want}[, thank you|, order 4471|, it's for my father|].
neg complaint request | {Fault}. Please {want}.
pos request | {Good}. Could you also {want}?
neg request | I have asked {place} twice already: please {want}.
== crisis 5
neg complaint crisis | {Crisis}.
neg complaint crisis | {Crisis}. [Are you going to warn people?|The health office has been told.|We have photos.|When will you recall it?]
neg crisis | [Boycott {place}!|Nobody should buy from {place} any more.|Time to boycott {place}:] {crisis}.
neg crisis | [A journalist|The local paper|A reporter from the radio] is asking about {place}: {crisis}.
neg complaint crisis | There are [six|eleven|forty] of us [in this group|in the same case|comparing notes]: {crisis}.
neg complaint crisis | All our [customer data|bank details|addresses] from {place} [are online|leaked|went to strangers], [since Tuesday|and no word from you|unbelievable].
neg complaint crisis question | {Crisis}. Is that [known|true for others|going to be hushed up]?
neu crisis question | Is it true what the paper says, that {crisis}?
toxic insult neg complaint crisis | {Crisis}, and {staff} is {a_insult}.
== danger 6 plain
neg danger | I [don't want to wake up tomorrow|can't go on any more|want it all to end|have nothing left to live for][. Nobody knows.|. I am so tired.|, sorry to write it here.|.]
neg danger | I [wrote my goodbye letters|gave my cat away|said goodbye to everyone] [this evening|today|last night]. [It will be quiet soon.|Don't be sad.|I am calm now.]
neg danger | My [husband|partner|son|ex] [hit me again|locked me in|broke my phone|choked me] [last night|on Sunday|after the match] and [I am afraid to go home|the children saw it|I have nowhere to go].
neg danger question | My [friend|sister|flatmate|colleague] [cuts herself|says she wants to die|stopped eating and talks of ending it], [what do I do|who can I call|how do I help]?
neg danger request | Please help, [he is outside my door|he has a knife|he found my new address][, I hid in the bathroom|, call someone|, my children are here|].
neg danger | A [boy|girl] in my [son's|daughter's] class [comes in with bruises|sleeps in the stairwell|is beaten at home], [the school does nothing|nobody listens|I am worried sick].
neg danger | They [spit on me|beat me up|send me death wishes] every day [at school|at work|in the group chat]. I [can't take it any more|think about ending it|stopped going out].
neg danger | An old man [on our landing|in flat 9|next door] is [hit by his carer|left without food|locked in all day], [we hear him cry|I saw the bruises|please someone check].
neg complaint danger | I told your helpline that [I want to die|he beats me|I cannot go on] and {staff} [put me on hold|hung up|read me the price list].
neg danger request | Has anyone seen my [brother|friend|cousin]? [He|She] wrote "forgive me all" at [four|midnight] and [the phone is off|the car is gone]. Please [share|call us].
== figure 4
neg | I nearly died [of shame|of boredom|of embarrassment], {mishap}.
pos | I'm dying [of laughter|of happiness], {joy}.
neg complaint | [Kill me now|Just bury me|I could cry], {fault}.
neg | [I'm done|I can't any more|I'm dead inside], {mishap}. [Coffee.|Send cake.|Mondays.]
neu | [I'd rather die than|Over my dead body will I] [wear beige|share my fries|camp in February|eat that jelly] [lol|ha|😂|].
pos | This [dress|cake|puppy|song] will be the death of me, [so good|I want two|take my money].
neg | Phone at 1 %, [I'm in danger|pray for me|tell my mother I loved her] 😂
neu | [My plants|My sourdough|My tomatoes] [died|are hurting|gave up on life], [send help|goodbye old friends|any tips welcome].
neg | [Suicidal|Murderous] [pricing|timetable] at {place}, who [thought of that|pays this].
== irony 4
neg complaint | [Bravo|Congratulations|Well done|Slow clap], {place}: {fault}.
neg complaint | [Oh great|Fantastic|Wonderful|Just perfect], {fault}.
neg complaint | I simply love it when {fault}[ 🙃| 👏|].
neg complaint | {Fault}. [A masterpiece of service.|Hats off, truly.|How could I ever go elsewhere.]
neg complaint | Thank you, {place}, for [teaching me patience|the adventure|a week of candlelight]: {fault}.
neg complaint | [Ten out of ten|Five stars] for creativity: {fault}.
neg complaint | "Customer first", they say at {place}. {fault}.
== sentiment 6
neg | {Mishap}.
pos | {Joy}.
neu | {Surprise}.
neg | [What a day:|Typical:|Sigh.] {mishap}.
pos | [Small joys:|Good news:|Guess what:] {joy}!
neu | [Note to self:|Today I learned:|Update:] {surprise}.
neg | First {mishap}, then {mishap}.
pos | {Mishap}, but {joy}!
neu | {Joy}, {mishap}, so it evens out.
== sexual 2
toxic sexual neu | [Nice legs|Nice backside|What a body], {staff_of}, [turn round for me|what time do you finish|come and sit on my lap].
toxic sexual neg | [The presenter|The model|The singer] [only got the job on her knees|should take the rest off|is only good for one thing], [and not talking|we all know it].
toxic sexual neu | [Send me|I want] a photo without [the apron|the uniform|the shirt], [sexy|sugar|you tease].
neu | [Nice legs|Nice finish|What a body] on that [table|piano|vintage guitar], [is it oak|what year is it|how much].
"""
