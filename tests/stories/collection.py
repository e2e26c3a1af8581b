"""A written collection of short invented texts in bokmål, nynorsk and English, and queries with graded judgements.

Nobody's words. A line is `key | kind | language | terms | title | text`. Kinds: s story, e good example, m method, r research.
"""

TEXTS = """
ens1|s|nb|situation.alone|Stille i blokka|Jeg flyttet hit for to år siden og kjenner fortsatt ingen. Ensomheten er verst på søndager. Nå går jeg på treffstedet når det åpner.
ens2|s|nn|situation.alone|Å bu åleine|Eg bur åleine i eit stort hus. Einsemda kom etter at borna flytta. No har eg fått ein ven som ringjer kvar tysdag.
ens3|s|en|situation.alone|Eleven days|I did not talk to anyone for eleven days. Loneliness is like hunger. A woman at the library asked me my name.
ens4|s|nb|helped.place|Noen som savner meg|På Fontenehuset ringer de når jeg ikke kommer. Å bli savnet er det motsatte av å være ensom. Der hører jeg til.
ens5|e|nb|situation.older|Middag for dem som spiser alene|Hver torsdag dekker frivillige bord for eldre som bor alene. Tolv kommer fast. Maten er enkel, praten er det viktigste.
ens6|r|nb|topic.mental-health|Ensomhet blant unge voksne|Rapporten bygger på intervjuer med unge mellom 18 og 25 år. Mange savner noen å være stille sammen med. Tilhørighet betyr mer enn antall venner.
rus1|s|nb|topic.substances|Ni dager|Avrusningen tok ni dager. Så begynte det vanskelige. Jeg hadde ruset meg i tjue år og visste ikke hva en onsdag var.
rus2|s|nb|topic.substances|Tilbakefallet|Jeg sprakk etter fire år som rusfri. Ingen skjelte meg ut. Jeg gikk tilbake til gruppa samme kveld og fortalte det.
rus3|s|nn|topic.substances|Flaska bak boka|Eg gøymde flaska bak bøkene. Alkoholen var venen min til han ikkje var det lenger. Eg fekk hjelp på poliklinikken.
rus4|s|en|topic.substances|After detox|Detox was the easy part. The relapse came when everything went well. My addiction had solved a problem before it became one.
rus5|s|nb|topic.substances|LAR ga meg ro|Metadon ga meg ro nok til å bygge noe. Folk har meninger om LAR. Jeg har et liv.
rus6|m|nb|topic.substances|Plan for tilbakefall|Et ark i to deler: tegn jeg kjenner igjen, og hvem jeg ringer. Fyll det ut mens det går bra. Brukes i ettervern.
rus7|e|nb|topic.substances|Ettervern i tolv måneder|Kommunen følger opp hver uke det første året etter behandling. To erfaringskonsulenter deler ansvaret. Færre faller ut.
rus8|r|en|topic.substances|What keeps people in aftercare|Interviews with thirty people in long-term recovery from addiction. A steady person mattered more than the programme.
rus9|s|nb|topic.substances,teller.self|Narkoman er ikke navnet mitt|I avisa sto det narkoman. Jeg er mor, kokk og rusfri på sjette året. Ordene andre bruker, setter seg i kroppen.
ang1|s|nb|topic.mental-health|Køen på butikken|Angsten kom i køen. Hjertet slo og hendene ble våte. Jeg øver på å bli stående, litt lenger hver gang.
ang2|s|nn|topic.mental-health|Når uroa kjem|Angsten kjem som ei bølgje. Eg har lært å puste og vente. Panikken varer tjue minutt, eg har teke tida.
ang3|s|en|topic.mental-health|Panic on the bus|My anxiety took the bus from me. I walked for two years. Now I ride three stops with a friend.
ang4|m|nb|topic.mental-health|Å stå i det|En enkel øvelse for sosial angst: velg et sted, bli ett minutt, skriv ned hva som skjedde. Gjenta.
dep1|s|nb|topic.mental-health|Vinteren som ikke sluttet|Depresjonen gjorde alt grått. Jeg orket ikke å dusje eller svare på telefonen. Søsteren min kom med suppe og sa ingenting.
dep2|s|nn|topic.mental-health|Lyset kom i bitar|Eg sov i fire månader. Det var depresjon, sa legen. Lyset kom tilbake i bitar, fyrst på kjøkenet.
dep3|s|en|topic.mental-health|Somebody carried my hope|Depression is long. Others carried my hope until I could hold it. I cook now, most days.
dep4|s|nb|shape.standing-still|Det ble ikke bedre|Jeg vil fortelle at det ikke ble bedre. Jeg lever med depresjonen. Noen dager er det nok.
sui1|s|nb|topic.mental-health;death|Natta på brua|Jeg ville ikke leve. En fremmed stoppet bilen og satt med meg til det lysnet. Selvmordstankene kommer fortsatt, men jeg sier det høyt.
sui2|s|nn|topic.loss;death|Etter bror min|Bror min tok livet sitt. Etter sjølvmordet slutta folk å seie namnet hans. Eg seier det kvar dag.
sui3|m|nb|topic.mental-health;death|Sikkerhetsplan|En plan for når selvmordstankene blir sterke: tegn, steder, mennesker, telefonnumre. Lages sammen med noen du stoler på.
par1|s|nb|topic.next-of-kin,teller.next-of-kin|Å elske en som forsvinner|Sønnen min ruset seg. Som pårørende ble jeg aldri spurt hvordan jeg hadde det. Jeg lærte at det er lov å legge på.
par2|s|nn|topic.next-of-kin,teller.next-of-kin|Eg er mor, ikkje behandlar|Dotter mi er sjuk. Dei kalla meg pårørande og gav meg ein brosjyre. Gruppa for pårørande vart redninga mi.
par3|s|en|topic.next-of-kin,teller.next-of-kin|My brother's keeper|I looked after everyone when my brother drank. Nobody asks the carer. I started asking myself.
par4|e|nb|topic.next-of-kin|Barnas kveld|En kveld i måneden for barn som pårørende. Pizza, spill og noen som vet. Helsesykepleier og en erfaringskonsulent er der.
par5|m|nb|topic.next-of-kin|Samtaleguide for pårørende|Ti spørsmål å ta med til møtet med behandler. Hva kan dere fortelle meg uten å bryte taushetsplikten?
bol1|s|nb|situation.housing,helped.home|Nøkkelen|Jeg sov på sofaer i to år. Så fikk jeg nøkkelen til en kommunebolig. Gardiner var det første jeg kjøpte.
bol2|s|nb|situation.housing|Vegg i vegg|Boligen de ga meg lå i den gården jeg hadde rømt fra. Naboene banket på om natta. Jeg klaget og fikk flytte.
bol3|s|nn|situation.housing,helped.home|Ei dør å låse|Ein heim er å kunne låse døra innanfrå. Bustaden var liten og min.
bol4|s|en|situation.housing|No fixed address|I lost the flat and then the phone. Housing came before everything else. A home is where nobody can throw you out.
bol5|e|nb|situation.housing|Housing first i Elvestad|Boligen kommer først, uten krav om rusfrihet. Teamet kommer hjem. Etter to år bor ni av elleve fortsatt der.
bol6|r|nb|situation.housing,situation.money|Kommunale utleieboliger og psykisk helse|Studien ser på bomiljø i kommunale boliger. Uro i bomiljøet henger sammen med flere innleggelser.
arb1|s|nb|situation.work,helped.work|To timer om dagen|Jeg kom tilbake i jobb med to timer om dagen. Sjefen spurte hva jeg trengte. Det var nok.
arb2|s|nn|helped.work|Ein grunn til å stå opp|Arbeidet på bruket gav meg ein grunn til å stå opp. Dyra bryr seg ikkje om diagnosen.
arb3|s|en|situation.no-work|The gap in my CV|Four years are missing from my CV. At the interview I told them why. They hired me.
arb4|e|nb|helped.work|Jobbspesialist på avdelingen|Individuell jobbstøtte fra første uke. Jobbspesialisten sitter sammen med behandlerne. Halvparten er i arbeid etter ett år.
arb5|s|nb|situation.no-work,situation.money|Skjemaet|NAV sendte skjemaet tilbake tre ganger. Jeg er ufør nå. Penger er også psykisk helse.
fen1|s|nb|situation.prison;crime|Ut med en pose|De ga meg en pose og en bussbillett. Løslatelsen var det farligste døgnet. En fra Nettverk etter soning sto i porten.
fen2|s|en|situation.prison;crime|Released on a Friday|I was released from prison on a Friday, when every office was closed. Someone met me at the gate.
fen3|s|nn|situation.prison;crime|Skule bak murane|I fengselet fekk eg gå på skule. Læraren såg meg. Eg tok fagbrev etterpå.
fen4|r|nb|situation.prison|Fra fengsel til hverdag|Rapporten følger 40 personer det første året etter løslatelse. Bolig og én fast person skiller dem det går bra med.
inn1|s|nb|situation.ward;mental-health|Fjorten dager|Innleggelsen reddet meg, og den skremte meg. En nattevakt satte seg på senga og hørte etter. Utskrivelsen kom brått.
inn2|s|nn|situation.ward;mental-health|Døra på gløtt|Eg har brukarstyrt seng. Eg legg meg inn sjølv, tre netter, utan å måtte bevise noko.
inn3|s|en|situation.ward;mental-health|The night nurse|On the ward the nights were longest. One nurse talked with me about football. I remember that more than the pills.
inn4|e|nb|topic.services|Brukerstyrte senger på distriktssenteret|Fire senger som pasienten selv bestemmer over. Færre akutte innleggelser. Personalet måtte lære å stole på folk.
tva1|s|nb|topic.coercion;violence|Fire timer|De la meg i belter i fire timer. Ingen snakket med meg etterpå. Jeg klaget til kontrollkommisjonen og fikk medhold.
tva2|s|nn|topic.coercion|Eg ville bli spurd|Det dei kalla omsorg, var tvang. Ettersamtalen kom to år for seint. Eg ville bli spurd.
tva3|s|en|topic.coercion;violence|What they called care|They held me down and called it care. Coercion breaks trust for a long time. I wanted to be asked.
tva4|r|nb|topic.coercion,topic.rights|Mindre tvang med ettersamtale|Avdelinger som innførte ettersamtaler, brukte mindre tvang året etter. Pasientene ble hørt, men ofte for sent.
tva5|e|nb|topic.coercion,helped.medication|Medisinfritt behandlingstilbud|Et tilbud med seks plasser der en kan velge behandling uten medisiner. Egenmakt er utgangspunktet. Samtaler, kropp og kunst.
sor1|s|nb|topic.loss;death|Stolen ved vinduet|Mannen min døde i mai. Sorgen kom først i oktober. Sorggruppa spiser suppe før vi snakker.
sor2|s|nn|topic.loss;death|Kjærleik utan adresse|Sorg er kjærleik utan adresse. Eg mista dotter mi. Eg tenner eit lys kvar fredag.
sor3|s|en|topic.loss;death|His birthday|I lost my son to an overdose. Grief comes on his birthday. I bake the cake anyway.
sor4|e|nb|topic.loss|Sorggruppe etter overdose|En gruppe for foreldre og søsken som har mistet noen i overdose. Ledes av to som selv har mistet.
nat1|s|nb|helped.nature,helped.body|Elva spør ikke|Jeg fisker hver morgen. Elva spør ikke om noe. Kroppen ble sterk før hodet ble det.
nat2|s|nn|helped.nature|Hagen|Hagen gav meg noko å sjå etter om morgonen. Potetene bryr seg ikkje om at eg er redd.
nat3|s|en|helped.nature|The dog had to go out|I got a dog, and the dog had to go out. So I went out. The forest did the rest.
nat4|e|nb|helped.nature|Grønt arbeid på gården|To dager i uka på en gård med sauer og vedhogst. Inn på tunet er et tilbud om aktivitet i naturen.
nat5|e|nb|helped.body|Turgruppa går uansett vær|Turgruppa møtes hver onsdag. Den langsomste bestemmer farten. Kaffe på bål.
mus1|s|nb|helped.art|Tre grep|Jeg lånte en gitar og lærte tre grep. Musikken ble det stedet jeg kunne være sint uten å skade noen.
mus2|s|nn|helped.art|Koret|Koret tok imot røysta mi før eg våga å bruke ho. Å syngje saman er å vere samde ei stund.
mus3|s|en|helped.art|Painting what I cannot say|I paint the things I cannot say. The exhibition was called We are here.
mus4|e|nb|helped.art|Musikkrommet|Et øvingsrom med instrumenter på et aktivitetshus. Ingen må være flink. Bandet har spilt på tre festivaler.
lik1|s|nb|topic.peer-work,teller.peer-worker|Det jeg en gang skjulte|Som erfaringskonsulent bruker jeg det jeg en gang skjulte. Jeg sier ikke at det går bra. Jeg sier at jeg har vært der.
lik2|s|nn|topic.peer-work|Likeperson|Likepersonen sa ikkje noko lurt. Ho berre vart sitjande.
lik3|s|en|topic.peer-work,teller.peer-worker|Walking beside|As a peer worker I walk beside people. Lived experience is not a method. It is a language.
lik4|e|nb|topic.peer-work|Erfaringskonsulenter i hvert team|Kommunen har ansatt åtte erfaringskonsulenter, én i hvert team. De har egen fagleder og veiledning.
lik5|m|nb|topic.peer-work|Opplæring for likepersoner|Seks kvelder om å lytte, grenser og egen historie. Heftet kan lastes ned.
lik6|r|en|topic.peer-work|Peer support in municipalities|A review of peer support. Hope and belonging increased; the role was often unclear.
bru1|e|nb|topic.rights|Brukerråd med makt|Brukerrådet har eget budsjett og stemmer over åpningstidene. Brukermedvirkning er mer enn en stol ved bordet.
bru2|m|nb|topic.rights|Bruker spør bruker|En metode for evaluering der personer med egen erfaring intervjuer andre brukere og eier funnene sammen med dem.
bru3|r|nb|topic.rights|Medvirkning på tre nivåer|Rapporten gjennomgår hvordan deltakere får innflytelse over egen behandling, tjenesten og politikken.
bru4|s|nn|topic.rights|Stolen ved bordet|Dei sette fram ein stol til meg. Medverknad er når dei endrar noko etter at eg har snakka.
ska1|s|nb|topic.stigma,situation.small-place;stigma|Alle visste det|I bygda visste alle det før meg. Skammen var tyngre enn sykdommen. På apoteket så de ned.
ska2|s|nn|topic.stigma,situation.small-place;stigma|Apoteket|På ein liten stad er apoteket ei scene. Eg skamma meg lenge. No seier eg det høgt.
ska3|s|en|topic.stigma;stigma|The diagnosis came in first|Stigma is when the diagnosis enters the room before you do. Shame kept me at home.
ska4|e|nb|topic.stigma|Åpen dag på torget|Vi står på torget med kaffe og svarer på spørsmål om psykisk helse. Fordommer tåler dårlig å bli hilst på.
ung1|s|nb|situation.young,situation.studies|Siste rad|Jeg satt på siste rad og forsvant. Helsesykepleieren så det. Skolen lot meg ta eksamen på et eget rom.
ung2|s|en|situation.young,situation.studies|Dropping out|I dropped out of school at sixteen. A youth worker kept texting me. I answered the fortieth text.
ung3|e|nb|situation.young|Lavterskel for unge|Et hus uten venteliste for unge mellom 13 og 25. Kom innom uten timebestilling.
spi1|s|nb|topic.mental-health|Tallerkenen|Jeg talte alt jeg spiste. Spiseforstyrrelsen ble kjæresten min. Nå spiser jeg sammen med noen.
sov1|s|nb|topic.mental-health|Klokka fire|Jeg våknet klokka fire hver natt. Søvnen kom tilbake da jeg sluttet å jage den.
stem1|s|nb|topic.mental-health|Stemmene mine|Jeg hører stemmer. I stemmehørergruppa er det vanlig. Jeg forhandler med dem.
stem2|s|en|topic.mental-health|Hearing voices|I hear voices and I have a job. The group taught me to ask them to wait.
psy1|s|nn|topic.mental-health|Psykosen|Eg trudde radioen snakka til meg. Psykosen var skremmande og vakker. Eg saknar han ikkje.
bip1|s|nb|topic.mental-health|Opp og ned|Jeg har bipolar lidelse. Når jeg er oppe, er jeg verdensmester. Nå har jeg en avtale med søsteren min.
tra1|s|nb|topic.mental-health;abuse|Kroppen husket|Overgrepene skjedde da jeg var barn. Kroppen husket det hodet hadde glemt. Traumebehandling tok tre år.
tra2|s|en|topic.mental-health;abuse|What my body kept|The abuse happened at home. Trauma lives in the body. Yoga was the first safe room.
tra3|s|nn|topic.mental-health;violence|Å gå frå han|Han slo. Eg gjekk ein torsdag med to born og ein bag. Krisesenteret hadde lys på.
fly1|s|nb|situation.new-country|Ny i landet|Jeg kom hit fra krig. Ingen her visste hva jeg hadde sett. En tolk med erfaring ga meg ord.
fly2|s|en|situation.new-country|Two languages|I am ill in one language and well in another. I came as a refugee. The language café had good cake.
sam1|s|nb|situation.sami|Joiken|Bestemor joiket når jeg var redd. På sykehuset spurte ingen om jeg var samisk.
skei1|s|nb|situation.lgbt|Å være skeiv på bygda|Jeg var skeiv og redd. Prestens datter var det også.
eld1|s|nb|situation.older|Åtti år og ny start|Jeg sluttet å drikke da jeg var syttiåtte. Legen trodde ikke det var vits. Jeg ville huske barnebarna.
gje1|s|nb|situation.money|Brevene|Jeg åpnet ikke posten på tre år. Gjeldsrådgiveren åpnet brevene sammen med meg, ett om gangen.
gje2|m|nb|situation.money|Økonomikurs på tre kvelder|Gjeld, regninger og rettigheter forklart enkelt. Passer for deg som har mistet oversikten.
tro1|s|nb|helped.faith|Kirkekjelleren|Jeg tror ikke på så mye. I kirkekjelleren var det suppe og noen som ba uten å mase.
med1|s|nb|helped.medication|Pillene|Medisinen hjalp. Jeg vil si det høyt, for det er nesten ikke lov. Bivirkningene hjalp ikke.
med2|s|nb|helped.medication,topic.rights|Å trappe ned|Jeg trappet ned medisinene sammen med legen. Det tok to år, og jeg bestemte farten.
kom1|e|nb|topic.services|Recoverysenteret i Solvik|Et recoverysenter med kurs som holdes av folk med egen erfaring. Ingen henvisning. Bedringsprosessen er din egen.
kom2|e|nn|topic.services|Lågterskel i Fjordgard|Eit lågterskeltilbod to dagar i veka. Kaffi, samtale og hjelp med skjema. Utan tilvising.
kom3|e|nb|topic.services|Ambulant team|Teamet kommer hjem til folk når det røyner på. Samarbeid mellom kommunen og sykehuset.
kom4|m|nb|topic.services|Individuell plan på to sider|En enkel mal for individuell plan som faktisk brukes. Målene skrives med egne ord.
rec1|r|nb|topic.rights|CHIME på norsk|Oversikt over fem prosesser i recovery: tilhørighet, håp, identitet, mening og egenmakt. Med kritikk fra brukere.
rec2|r|en|topic.rights|Empowerment in everyday life|How people describe empowerment in their own words: deciding, being believed, doing things for others.
rec3|s|nb|shape.against|Ikke kall det recovery|Jeg vil ikke kalle det bedring. Jeg lever. Det er mitt ord for det.
rec4|m|nb|topic.rights|Egenmakt i praksis|Et kurs over fem kvelder om myndiggjøring. Deltakerne velger tema og leder samlingene selv.
hap1|s|nb|shape.turning-point|En lapp i lomma|Noen ga meg en lapp der det sto: ikke i dag. Jeg har den ennå. Håp kan være tre ord.
hap2|s|nn|shape.upward|Von|Eg hadde ikkje von. Så kom ein hund, ein haust og ein jobb. I den rekkjefølgja.
dig1|m|nb|topic.services|Nettbasert selvhjelp|Et program på nett i åtte deler for lettere depresjon og angst. Kan brukes alene eller med veileder.
dig2|r|nb|topic.services|Lytting på telefon|Evaluering av en hjelpetelefon. De som ringer, vil bli lyttet til, ikke få råd.
""".strip()

QUERIES: dict[str, str] = {
    "ensomhet": "ens1:3 ens2:3 ens3:3 ens4:3 ens6:3 ens5:1",
    "einsemd": "ens1:3 ens2:3 ens3:3 ens4:3 ens6:3 ens5:1",
    "loneliness": "ens1:3 ens2:3 ens3:3 ens4:3 ens6:3 ens5:1",
    "ensom": "ens1:3 ens2:3 ens3:3 ens4:3 ens6:3 ens5:1",
    "bor alene": "ens2:3 ens5:3 ens1:1 ens3:1",
    "ensomhte": "ens1:3 ens2:3 ens3:3 ens4:3 ens6:3 ens5:1",
    "tilbakefall": "rus2:3 rus4:3 rus6:3 rus7:1",
    "relapse": "rus4:3 rus2:3 rus6:3",
    "avrusning": "rus1:3 rus4:3",
    "ettervern": "rus7:3 rus6:2 rus8:3",
    "alkohol": "rus3:3 eld1:2 par3:2",
    "rusavhengig": "rus1:2 rus4:3 rus8:3 rus9:3 rus2:2",
    "narkoman": "rus9:3 rus4:2 rus8:2 rus1:1",
    "addiction": "rus4:3 rus8:3 rus9:1",
    "angst": "ang1:3 ang2:3 ang3:3 ang4:3 dig1:2",
    "panikk": "ang2:3 ang3:3 ang1:1",
    "sosial angst øvelse": "ang4:3 ang1:2",
    "depresjon": "dep1:3 dep2:3 dep3:3 dep4:3 dig1:2",
    "deppresjon": "dep1:3 dep2:3 dep3:3 dep4:3 dig1:2",
    "selvmord": "sui1:2 sui2:3 sui3:2",
    "selvmordstanker": "sui1:3 sui3:3",
    "sjølvmord bror": "sui2:3",
    "pårørende": "par1:3 par2:3 par3:3 par4:3 par5:3",
    "mor til en som ruser seg": "par1:3 par2:2 rus9:1",
    "carer": "par3:3 par1:2 par2:2 par4:2 par5:2",
    "barn som pårørende": "par4:3 par1:1 par2:1 par5:1",
    "kommunebolig": "bol1:3 bol6:3",
    "bolig": "bol1:3 bol2:3 bol3:3 bol4:3 bol5:3 bol6:3 fen4:1",
    "bustad": "bol1:3 bol2:3 bol3:3 bol4:3 bol5:3 bol6:3 fen4:1",
    "tilbake i jobb": "arb1:3 arb3:2 arb4:2 hap2:1",
    "arbeid": "arb1:3 arb2:3 arb4:3 nat4:2 hap2:1 arb3:2",
    "NAV skjema": "arb5:3 kom2:1",
    "fengsel": "fen1:2 fen2:3 fen3:3 fen4:3",
    "released from prison": "fen2:3 fen1:2 fen4:1",
    "løslatelse": "fen1:3 fen4:3 fen2:2",
    "brukerstyrt seng": "inn2:3 inn4:3",
    "innleggelse": "inn1:3 inn4:3 inn2:2 inn3:2 bol6:2",
    "tvang": "tva1:3 tva2:3 tva3:3 tva4:3 tva5:1",
    "belter klage": "tva1:3",
    "medisinfritt": "tva5:3 med2:1",
    "sorg": "sor1:3 sor2:3 sor3:3 sor4:3 sui2:1",
    "mistet sønn overdose": "sor3:3 sor4:3 sor2:1",
    "sorggruppe": "sor4:3 sor1:3",
    "natur": "nat4:3 nat1:3 nat2:3 nat3:3",
    "hund": "nat3:3 hap2:2",
    "musikk": "mus1:3 mus4:3 mus2:2 mus3:1",
    "synge i kor": "mus2:3",
    "erfaringskonsulent": "lik1:3 lik4:3 rus7:2 par4:2 lik3:1",
    "likeperson": "lik2:3 lik5:3 lik3:3 lik6:2 lik1:1",
    "brukermedvirkning": "bru1:3 bru3:3 bru4:3 bru2:1",
    "egenmakt": "rec4:3 rec1:3 rec2:3 tva5:2",
    "myndiggjøring": "rec4:3 rec1:3 rec2:3 tva5:2",
    "empowerment": "rec4:3 rec1:3 rec2:3 tva5:2",
    "recovery": "rec1:3 rec3:3 kom1:3 rus8:2",
    "senter": "kom1:3 inn4:2 tra3:1",
    "skam på et lite sted": "ska1:3 ska2:3 ska3:1",
    "stigma": "ska3:3 ska1:2 ska2:2 ska4:2",
    "hører stemmer": "stem1:3 stem2:3",
    "lavterskel": "kom2:3 ung3:3",
    "overgrep": "tra1:3 tra2:3",
    "gjeld": "gje2:3 gje1:3",
    "trappe ned medisiner": "med2:3 med1:1 tva5:1",
    "håp": "hap1:3 hap2:3 dep3:3 rec1:2 lik6:2",
    "flyktning": "fly1:2 fly2:3",
    "rettiheter": "gje2:2 bru1:3 bru2:2 bru3:3 bru4:2 med2:2 tva4:2 rec1:1 rec2:1 rec4:1",
    "individuell plan": "kom4:3",
    "jeg orker ikke stå opp om morgenen": "dep1:3 arb2:2 nat2:1",
    "hvordan si fra om selvmordstanker": "sui1:3 sui3:3 ska2:1",
}
