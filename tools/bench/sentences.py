"""Own sentence material for invented library items: by language and theme, with places to fill in. Nobody's words."""

FILL: dict[str, dict[str, str]] = {
    "nb": {
        "who": "søsteren min|en nabo|broren min|en jeg møtte på treffstedet|faren min|en erfaringskonsulent|en venninne|kontaktpersonen|en gammel kollega|"
        "naboen i andre|en likeperson|moren min|datteren min|sønnen min|han på kjøkkenet|hun som åpnet døra|en i gruppa|fastlegen|vaktmesteren|en tante",
        "where": "på treffstedet|ved fjorden|i blokka|på biblioteket|i gymsalen|på kommunehuset|i verkstedet|på perrongen|ved kjøkkenbordet|i kirkekjelleren|"
        "på legekontoret|i drivhuset|på avdelingen|i lysløypa|hos naboen|i venterommet|på båten|i musikkrommet|på fabrikken|i kolonihagen",
        "when": "en tirsdag|i november|den første uka|etter jul|den våren|en kveld|for tre år siden|i fjor høst|en regnfull morgen|sommeren etter|"
        "i påsken|før frokost|midt på natta|den vinteren|en lørdag i mars|da snøen gikk|i fellesferien|etter flyttingen",
        "thing": "en kopp kaffe|en nøkkel|et brev|en liste på kjøleskapet|en gitar|en fiskestang|et strikketøy|en notatbok|et par joggesko|en hund|"
        "en bussbillett|et telefonnummer|en plante|en avtale|et kart|en verktøykasse|et fotografi|en sykkel|en oppskrift|et skjema",
        "feel": "trøtt|rolig|redd|stolt|flau|lettet|tom|varm|urolig|modig|sliten|glad|sint|letta|håpefull|usikker|fri|nummen|trygg|alene",
        "act": "gå en tur|ringe noen|stå opp|lage middag|lukke døra|sette meg ned|be om hjelp|si nei|telle til ti|åpne posten|vaske koppene|spørre en gang til|"
        "møte opp|bli sittende|skrive det ned|gå hjem|ta trappa|lytte|øve|vente til i morgen",
    },
    "nn": {
        "who": "syster mi|ein nabo|bror min|ein eg møtte på treffstaden|far min|ein erfaringskonsulent|ei venninne|kontaktpersonen|ein gammal kollega|"
        "ein likeperson|mor mi|dotter mi|son min|han på kjøkenet|ho som opna døra|ein i gruppa|fastlegen|ei tante",
        "where": "på treffstaden|ved fjorden|i grenda|på biblioteket|i gymsalen|på kommunehuset|i verkstaden|ved kjøkenbordet|på legekontoret|i fjøset|"
        "på avdelinga|i lysløypa|hos naboen|på ferja|i musikkrommet|på bruket|i hagen",
        "when": "ein tysdag|i november|den fyrste veka|etter jul|den våren|ein kveld|for tre år sidan|i fjor haust|ein regntung morgon|sommaren etter|"
        "i påska|før frukost|midt på natta|den vinteren|ein laurdag i mars|då snøen gjekk",
        "thing": "ein kopp kaffi|ein nøkkel|eit brev|ei liste på kjøleskapet|ein gitar|ei fiskestong|eit strikketøy|ei notatbok|eit par joggesko|ein hund|"
        "ein bussbillett|eit telefonnummer|ein plante|ein avtale|eit kart|ein sykkel|ei oppskrift",
        "feel": "trøytt|roleg|redd|stolt|flau|letta|tom|varm|uroleg|modig|sliten|glad|sint|håpefull|usikker|fri|trygg|åleine",
        "act": "gå ein tur|ringje nokon|stå opp|lage middag|lukke døra|setje meg ned|be om hjelp|seie nei|telje til ti|opne posten|spørje ein gong til|"
        "møte opp|bli sitjande|skrive det ned|gå heim|lytte|øve|vente til i morgon",
    },
    "en": {
        "who": "my sister|a neighbour|my brother|someone I met at the drop-in|my father|a peer worker|a friend|my key worker|an old colleague|my mother|my daughter|my son|"
        "the woman who opened the door|someone in the group|my doctor|an aunt",
        "where": "at the drop-in|by the fjord|in the flat|at the library|in the town hall|in the workshop|at the kitchen table|at the surgery|in the greenhouse|on the ward|"
        "next door|in the waiting room|on the ferry|in the music room",
        "when": "one Tuesday|in November|the first week|after Christmas|that spring|one evening|three years ago|last autumn|one wet morning|the summer after|at Easter|before breakfast|"
        "in the middle of the night|that winter",
        "thing": "a cup of coffee|a key|a letter|a list on the fridge|a guitar|a fishing rod|some knitting|a notebook|a pair of shoes|a dog|a bus ticket|a phone number|a plant|an appointment|a map|a bike",
        "feel": "tired|calm|afraid|proud|embarrassed|relieved|empty|warm|restless|brave|worn out|glad|angry|hopeful|unsure|free|safe|alone",
        "act": "go for a walk|call someone|get up|cook dinner|close the door|sit down|ask for help|say no|count to ten|open the post|ask once more|show up|stay seated|write it down|go home|listen",
    },
}

EVERYDAY: dict[str, str] = {
    "nb": "Det begynte {when}, {where}.|Jeg var {feel} og visste ikke hvorfor.|{Who} sa at det var greit å {act}.|Jeg fikk {thing} i hånda.|Ingen spurte hva som feilte meg.|"
    "De spurte hva som hadde skjedd.|Jeg lærte å {act} før jeg ble {feel}.|{When} kom {who} innom.|Vi satt lenge uten å si noe.|Det var ikke noe stort øyeblikk.|"
    "Noen dager handlet bare om å {act}.|Jeg trodde jeg var den eneste.|{Who} lo, og så lo jeg også.|Etterpå var jeg {feel} i flere dager.|Jeg skrev det på {thing}, så jeg ikke skulle glemme det.|"
    "Det hjalp mer enn jeg hadde tenkt.|Det hjalp ikke, men jeg gikk tilbake likevel.|{Where} er det alltid noen.|Jeg bestemte selv hvor lenge jeg ble.|Jeg sa ja til å {act}.|"
    "Det er tre ting jeg ville sagt til meg selv den gangen.|Jeg måtte {act} mange ganger før det satt.|{Who} hadde vært der før meg.|Hverdagen kom tilbake, en time om gangen.|"
    "Jeg liker ikke ordet frisk.|Noen netter er fortsatt lange.|Nå vet jeg at det går an å {act} og være {feel} samtidig.|Jeg la {thing} på bordet og gikk.|Vi avtalte å møtes igjen {when}.|"
    "Det var {who} som så det først.|Jeg skammet meg lenge.|Jeg hadde sluttet å svare på telefonen.|Et år senere sto jeg {where} og var {feel}.|Det tok tid, og tida var min.|"
    "Kroppen husket det hodet hadde glemt.|Jeg gikk hjem og var {feel}.|Det er lov å {act}.|Andre bestemte over meg, helt til jeg lærte å {act}.|De fleste mente det godt.|Jeg tok med meg {thing}.",
    "nn": "Det byrja {when}, {where}.|Eg var {feel} og visste ikkje kvifor.|{Who} sa at det var greitt å {act}.|Eg fekk {thing} i handa.|Ingen spurde kva som feilte meg.|"
    "Dei spurde kva som hadde hendt.|Eg lærte å {act} før eg vart {feel}.|{When} kom {who} innom.|Vi sat lenge utan å seie noko.|Det var ikkje noko stort augeblink.|"
    "Nokre dagar handla berre om å {act}.|Eg trudde eg var den einaste.|Det hjelpte meir enn eg hadde tenkt.|Det hjelpte ikkje, men eg gjekk tilbake likevel.|{Where} er det alltid nokon.|"
    "Eg bestemte sjølv kor lenge eg vart.|Eg måtte {act} mange gonger før det sat.|{Who} hadde vore der før meg.|Kvardagen kom tilbake, ein time om gongen.|Nokre netter er framleis lange.|"
    "No veit eg at det går an å {act} og vere {feel} samstundes.|Vi avtalte å møtast att {when}.|Eg skamma meg lenge.|Det tok tid, og tida var mi.|Eg gjekk heim og var {feel}.|Eg tok med meg {thing}.",
    "en": "It began {when}, {where}.|I was {feel} and did not know why.|{Who} said it was all right to {act}.|I was handed {thing}.|Nobody asked what was wrong with me.|They asked what had happened.|"
    "I learned to {act} before I got {feel}.|{When} {who} came by.|We sat a long time without a word.|It was no great moment.|Some days were only about trying to {act}.|I thought I was the only one.|"
    "It helped more than I had thought.|It did not help, but I went back all the same.|There is always somebody {where}.|I decided myself how long to stay.|I had to {act} many times before it stuck.|"
    "{Who} had been there before me.|Everyday life came back an hour at a time.|Some nights are still long.|I was ashamed for a long time.|It took time, and the time was mine.|I went home and felt {feel}.|I brought {thing} along.",
}

THEMES: list[tuple[str, tuple[str, ...], tuple[str, ...], dict[str, str]]] = [
    ("ensomhet", ("library:topic.mental-health", "library:situation.alone", "chime:connectedness.community"), (), {
        "nb": "Ensomheten satt i veggene|Jeg snakket ikke med noen på elleve dager.|Ensomhet er ikke det samme som å være alene.|Fellesskapet på huset ble et sted å høre til.|Jeg savnet noen å være stille sammen med.|"
        "Å bo alene ble lettere da noen ventet på meg {where}.|Venner kommer ikke av seg selv når en har vært borte lenge.|Likepersonen inviterte meg til middag.|Tilhørighet er å bli savnet når du ikke kommer.",
        "nn": "Einsemda sat i veggene|Eg snakka ikkje med nokon på elleve dagar.|Fellesskapet vart ein stad å høyre til.|Eg sakna nokon å vere stille saman med.|Å bu åleine vart lettare då nokon venta på meg.",
        "en": "Loneliness lived in the walls|I did not speak to anyone for eleven days.|Being lonely is not the same as being alone.|Belonging is being missed when you do not come.|Living alone got easier when someone waited for me."}),
    ("rus", ("library:topic.substances", "chime:identity.rebuilding", "library:helped.peers"), ("risk",), {
        "nb": "Da jeg la bort flaska|Rusen var det eneste jeg gledet meg til.|Avrusningen varte i ni dager, og så begynte det egentlige.|Tilbakefallet kom da alt gikk bra.|Ettervern er det viktigste ordet jeg kan.|"
        "Abstinensene var verst om natta.|Jeg var rusavhengig i tjue år.|Rusmidlene løste et problem før de ble et.|LAR ga meg ro til å bygge noe.|Selvhjelpsgruppa møttes {where} hver onsdag.",
        "nn": "Då eg la bort flaska|Rusen var det einaste eg gledde meg til.|Tilbakefallet kom då alt gjekk bra.|Ettervern er det viktigaste ordet eg kan.|Eg var rusavhengig i tjue år.",
        "en": "When I put the bottle down|Getting high was all I looked forward to.|Detox took nine days and then the real work began.|The relapse came when everything went well.|Addiction solved a problem before it became one."}),
    ("angst", ("library:topic.mental-health", "library:helped.own", "chime:empowerment.control"), ("mental-health",), {
        "nb": "Angsten i køen på butikken|Angsten kom som en bølge i brystet.|Panikken varer tjue minutter, det har jeg tatt tida på.|Jeg øvde på å stå i det, litt lenger hver gang.|Pusteøvelser er kjedelige, og de virker.|"
        "Sosial angst er å høre sin egen stemme hele tida.|Jeg gikk ut en annen dør for ikke å møte noen.|Eksponering gjorde jeg sammen med {who}.|Uroen er mindre når jeg vet hva den vil.",
        "nn": "Angsten i køen på butikken|Angsten kom som ei bølgje i brystet.|Eg øvde på å stå i det, litt lenger kvar gong.|Pusteøvingar er keisame, og dei verkar.|Uroa er mindre når eg veit kva ho vil.",
        "en": "Anxiety in the checkout queue|The anxiety came like a wave in my chest.|Panic lasts twenty minutes, I have timed it.|I practised staying, a little longer each time.|Breathing exercises are dull and they work."}),
    ("depresjon", ("library:topic.mental-health", "chime:hope.belief", "library:helped.time"), ("mental-health", "death"), {
        "nb": "Vinteren som ikke sluttet|Depresjonen gjorde alt grått og langt.|Jeg orket ikke å dusje.|Selvmordstankene var der hver morgen, og jeg sa det til noen.|Håpet ble båret av andre til jeg kunne bære det selv.|"
        "Medisinen tok toppen, samtalene tok resten.|Jeg sov i fire måneder.|Det er mulig å ha det tungt og lage middag.|Lyset kom tilbake i biter.",
        "nn": "Vinteren som ikkje slutta|Depresjonen gjorde alt grått og langt.|Eg orka ikkje å dusje.|Håpet vart bore av andre til eg kunne bere det sjølv.|Lyset kom tilbake i bitar.",
        "en": "The winter that did not end|The depression made everything grey and long.|I could not face the shower.|Others carried my hope until I could carry it myself.|The light came back in pieces."}),
    ("pårørende", ("library:topic.next-of-kin", "library:teller.next-of-kin", "chime:connectedness.relationships"), (), {
        "nb": "Å elske en som forsvinner|Som pårørende ble jeg aldri spurt hvordan jeg hadde det.|Broren min ruset seg, og jeg passet på alle.|Jeg lærte at det er lov å legge på røret.|Pårørendegruppa var et rom uten skam.|"
        "Taushetsplikten ble brukt mot oss.|Barna så mer enn vi trodde.|Jeg er mor, ikke behandler.|Vi fant en måte å være familie på igjen.",
        "nn": "Å elske ein som forsvinn|Som pårørande vart eg aldri spurd korleis eg hadde det.|Eg lærte at det er lov å leggje på røyret.|Borna såg meir enn vi trudde.|Eg er mor, ikkje behandlar.",
        "en": "Loving someone who disappears|As next of kin I was never asked how I was.|My brother used, and I looked after everyone.|The carers' group was a room without shame.|I am a mother, not a therapist."}),
    ("bolig", ("library:situation.housing", "library:helped.home", "chime:difficulties.money"), (), {
        "nb": "Nøkkelen til en egen dør|Kommuneboligen lå vegg i vegg med det jeg hadde rømt fra.|Et hjem er å kunne låse døra innenfra.|Jeg sov på sofaer i to år.|Husleia ble betalt før alt annet.|"
        "Boligkontoret ga meg tre valg, og jeg fikk velge.|Housing first betyr at boligen kommer uten krav.|Oppfølgingstjenesten kom hjem til meg.|Gardinene var det første jeg kjøpte.",
        "nn": "Nøkkelen til ei eiga dør|Kommunebustaden låg vegg i vegg med det eg hadde rømt frå.|Ein heim er å kunne låse døra innanfrå.|Eg sov på sofaar i to år.|Gardinene var det fyrste eg kjøpte.",
        "en": "The key to a door of my own|The council flat lay next to what I had run from.|A home is being able to lock the door from inside.|I slept on sofas for two years.|The curtains were the first thing I bought."}),
    ("arbeid", ("library:situation.work", "library:helped.work", "chime:meaning.roles"), (), {
        "nb": "Tilbake i jobb, to timer om dagen|Arbeidet ga meg en grunn til å stå opp.|Jobbspesialisten ble med på intervjuet.|Sjefen spurte hva jeg trengte, ikke hva jeg feilte.|Arbeidsavklaringspengene tok slutt før jeg var klar.|"
        "Jeg fikk en oppgave som var viktig for andre.|Sykmeldingen varte i fjorten måneder.|Kollegaene holdt av plassen min.|Fontenehuset var arbeidsplassen min før arbeidsplassen.",
        "nn": "Tilbake i jobb, to timar om dagen|Arbeidet gav meg ein grunn til å stå opp.|Sjefen spurde kva eg trong, ikkje kva eg feilte.|Eg fekk ei oppgåve som var viktig for andre.|Sjukmeldinga varte i fjorten månader.",
        "en": "Back at work, two hours a day|Work gave me a reason to get up.|My boss asked what I needed, not what was wrong.|I was given a task that mattered to others.|The clubhouse was my workplace before the workplace."}),
    ("fengsel", ("library:situation.prison", "library:topic.stigma", "chime:identity.stigma"), ("crime",), {
        "nb": "Ut gjennom porten med en pose|Fengselet lærte meg å vente.|Løslatelsen var det farligste døgnet.|Rulleblad er et ord som åpner dører feil vei.|I fengselet fikk jeg gå på skole.|Soningen tok slutt, dommen gjorde ikke det.|"
        "En nettverkskontakt hentet meg i porten.|Jeg byttet telefonnummer og vaner.|Tilbakeføring er et langt ord for en kort buss.",
        "nn": "Ut gjennom porten med ein pose|Fengselet lærte meg å vente.|Lauslatinga var det farlegaste døgnet.|I fengselet fekk eg gå på skule.|Ein nettverkskontakt henta meg i porten.",
        "en": "Out through the gate with a plastic bag|Prison taught me to wait.|Release was the most dangerous day.|In prison I got to go to school.|Someone met me at the gate."}),
    ("innleggelse", ("library:situation.ward", "library:topic.services", "chime:difficulties.services"), ("mental-health",), {
        "nb": "Fjorten dager på lukket avdeling|Innleggelsen reddet meg, og den skremte meg.|Personalet skrev om meg i en journal jeg ikke kjente igjen.|En nattevakt satte seg på senga og hørte etter.|Brukerstyrt seng ga meg døra på gløtt.|"
        "Utskrivelsen kom brått.|På avdelingen var det andre pasienter som hjalp mest.|Individuell plan ble liggende i en skuff.|Ambulant team kom hjem til meg.",
        "nn": "Fjorten dagar på lukka avdeling|Innlegginga redda meg, og ho skremde meg.|Ei nattevakt sette seg på senga og høyrde etter.|Brukarstyrt seng gav meg døra på gløtt.|Utskrivinga kom brått.",
        "en": "Fourteen days on a locked ward|The admission saved me and it frightened me.|A night nurse sat on the bed and listened.|The discharge came suddenly.|On the ward the other patients helped most."}),
    ("tvang", ("library:topic.coercion", "library:topic.rights", "chime:empowerment.control"), ("violence", "mental-health"), {
        "nb": "Det de kalte omsorg|Tvang gjør noe med tilliten som varer lenge.|Beltene brukte de i fire timer.|Jeg klaget til kontrollkommisjonen og fikk medhold.|Medisinfritt tilbud var ikke noe de fortalte om.|"
        "Ettersamtalen kom to år for sent.|Skjermingen var et rom uten klokke.|Rettighetene mine hang på veggen i gangen.|Jeg ville bli spurt.",
        "nn": "Det dei kalla omsorg|Tvang gjer noko med tilliten som varer lenge.|Eg klaga til kontrollkommisjonen og fekk medhald.|Ettersamtalen kom to år for seint.|Eg ville bli spurd.",
        "en": "What they called care|Coercion does something to trust that lasts.|I complained to the commission and was heard.|The talk afterwards came two years too late.|I wanted to be asked."}),
    ("sorg", ("library:topic.loss", "chime:meaning.experience", "library:helped.family"), ("death",), {
        "nb": "Stolen ved vinduet er tom|Sorgen kom ikke da alle ventet den.|Jeg mistet sønnen min i en overdose.|Sorggruppa spiser suppe først og snakker etterpå.|Etter selvmordet sluttet folk å si navnet hans.|"
        "Å miste en venn er også et tap.|Sorg er kjærlighet uten adresse.|Bursdagene er verst.|Jeg tenner et lys {when}.",
        "nn": "Stolen ved vindauget er tom|Sorga kom ikkje då alle venta ho.|Sorggruppa et suppe fyrst og snakkar etterpå.|Å miste ein ven er òg eit tap.|Eg tenner eit lys {when}.",
        "en": "The chair by the window is empty|The grief did not come when everyone expected it.|I lost my son to an overdose.|Birthdays are the worst.|Grief is love without an address."}),
    ("natur", ("library:helped.nature", "library:helped.body", "chime:meaning.quality"), (), {
        "nb": "Elva spør ikke om noe|Turgruppa går uansett vær.|Hagen ga meg noe å se etter om morgenen.|Fiskingen gjorde hodet stille.|Hunden måtte ut, og da måtte jeg også.|Isbading er galskap, og jeg sover bedre.|"
        "Gården tok imot meg to dager i uka.|Kroppen ble sterk før hodet ble det.|Å hogge ved er å bli ferdig med noe.",
        "nn": "Elva spør ikkje om noko|Turgruppa går same kva vêr det er.|Hagen gav meg noko å sjå etter om morgonen.|Fiskinga gjorde hovudet stille.|Garden tok imot meg to dagar i veka.",
        "en": "The river asks for nothing|The walking group goes out in any weather.|The garden gave me something to look for in the morning.|Fishing made my head quiet.|The dog had to go out and so did I."}),
    ("musikk", ("library:helped.art", "chime:identity.dimensions", "library:topic.mental-health"), (), {
        "nb": "Tre grep på en lånt gitar|Koret tok imot stemmen min før jeg turte å bruke den.|Jeg maler det jeg ikke kan si.|Bandet øver {where} hver torsdag.|Diktene lå i en skuff i ti år.|Teatergruppa lot meg være noen andre.|"
        "Musikk er å puste i takt.|Utstillingen het Vi er her.|Å synge sammen er å være enige en stund.",
        "nn": "Tre grep på ein lånt gitar|Koret tok imot røysta mi før eg våga å bruke ho.|Eg målar det eg ikkje kan seie.|Dikta låg i ei skuff i ti år.|Å syngje saman er å vere samde ei stund.",
        "en": "Three chords on a borrowed guitar|The choir took my voice before I dared to use it.|I paint what I cannot say.|The poems lay in a drawer for ten years.|Music is breathing in time."}),
    ("likeperson", ("library:topic.peer-work", "library:teller.peer-worker", "chime:connectedness.peers"), (), {
        "nb": "Å gå ved siden av|Som erfaringskonsulent bruker jeg det jeg en gang skjulte.|Likepersonen sa ikke at det ville gå bra.|Egen erfaring er ikke en metode, det er et språk.|Jeg fikk opplæring, lønn og en kollega som forsto.|"
        "Recoverykurset ble holdt av to som hadde vært der.|Brukermedvirkning er mer enn en stol ved bordet.|Empowerment er å få makta tilbake i eget liv.|Vi er ikke hjelpere, vi er naboer i erfaring.",
        "nn": "Å gå ved sida av|Som erfaringskonsulent brukar eg det eg ein gong skjulte.|Eigenmakt er å få makta tilbake i eige liv.|Brukarmedverknad er meir enn ein stol ved bordet.|Likepersonen sa ikkje at det ville gå bra.",
        "en": "Walking beside|As a peer worker I use what I once hid.|The peer did not tell me it would be fine.|Empowerment is getting the power back in your own life.|Lived experience is not a method, it is a language."}),
    ("skam", ("library:topic.stigma", "chime:identity.stigma", "library:situation.small-place"), ("stigma",), {
        "nb": "Alle visste det i bygda|Skammen var tyngre enn sykdommen.|På et lite sted er apoteket en scene.|Jeg sa det høyt i lunsjen, og ingen gikk.|Fordommene satt i meg før de satt i andre.|Stigma er når diagnosen kommer inn i rommet før deg.|"
        "Journalen fulgte etter meg.|Jeg sluttet å unnskylde meg.|Åpenhet har en pris, og jeg valgte når.",
        "nn": "Alle visste det i bygda|Skamma var tyngre enn sjukdommen.|På ein liten stad er apoteket ei scene.|Eg sa det høgt i lunsjen, og ingen gjekk.|Eg slutta å orsake meg.",
        "en": "Everyone knew in the village|The shame was heavier than the illness.|I said it aloud at lunch and nobody left.|Stigma is when the diagnosis enters the room before you.|I stopped apologising."}),
]

PRACTICE: dict[str, str] = {
    "nb": "Kommunen ansatte {n} erfaringskonsulenter i {place}.|Behovet kom fram i en brukerundersøkelse {when}.|Vi åpnet et lavterskeltilbud {where} uten henvisning.|Samarbeidet mellom NAV og helsetjenesten ble skrevet ned.|"
    "Brukerrådet var med fra første møte.|Det som ikke virket, var ventetida.|Etter et år kom {n} deltakere hver uke.|Metoden er prøvd i {place} og to kommuner til.|Verktøyet er et ark på to sider som fylles ut sammen.|"
    "Studien intervjuet {n} personer med egen erfaring.|Rapporten anbefaler at ettervern følges opp i tolv måneder.|Funnene viser at relasjonen betyr mer enn metoden.|Kurset går over seks kvelder.|Veilederen har {n} øvelser.",
    "nn": "Kommunen tilsette {n} erfaringskonsulentar i {place}.|Behovet kom fram i ei brukarundersøking {when}.|Vi opna eit lågterskeltilbod {where} utan tilvising.|Det som ikkje verka, var ventetida.|Rettleiaren har {n} øvingar.",
    "en": "The municipality hired {n} peer workers in {place}.|The need was found in a survey {when}.|We opened a drop-in {where} without referral.|What did not work was the waiting time.|The study interviewed {n} people with lived experience.|The findings show that the relationship matters more than the method.",
}
FIRST = ["arbeids", "behandlings", "bolig", "barne", "bruker", "erfarings", "familie", "ferie", "frivillig", "fritids", "gruppe", "helse", "hjelpe", "hverdags", "høst", "informasjons", "kaffe", "kommune", "kunst", "kveld", "likepersons", "liv", "mat", "mestrings", "musikk", "nabo", "natt", "ny", "oppfølgings", "pårørende", "recovery", "rettighets", "rus", "samtale", "selvhjelps", "sommer", "sorg", "trygghets", "tur", "ung", "ute", "verdighets", "vinter", "økonomi"]
LAST = ["arbeid", "avtale", "bord", "bok", "dag", "forum", "glede", "gruppe", "hus", "hjelp", "kafé", "kart", "kontor", "kurs", "kveld", "lag", "møte", "nett", "opplegg", "ordning", "plan", "plass", "praksis", "prosjekt", "rom", "rutine", "råd", "samling", "samtale", "senter", "skole", "skjema", "sted", "team", "tilbud", "time", "treff", "uke", "verksted", "venn"]
SYLLABLES = ["al", "ber", "bjør", "dal", "ei", "elv", "fjell", "fur", "gran", "grim", "hag", "ham", "hau", "hol", "kles", "kvam", "lang", "leir", "li", "lyng", "mo", "myr", "nes", "os", "rog", "sand", "skar", "skog", "sol", "ste", "stor", "strand", "sund", "svar", "tor", "tun", "ul", "vik", "voll", "ås"]
