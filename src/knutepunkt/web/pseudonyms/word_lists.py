"""Facts the pass leans on: common names, places, words that herald a name, and capitals that tell nothing.

Names are the common ones in Norway today, of many origins; a list makes the pass surer, it is not needed to find a name.
"""


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


FIRST_NAMES = _words("""
    adam adele adina adrian agnes agnete ahmed aida aina aisha aksel albert albin alette alex alexander alf alfred ali alice alida
    alina alise alma alva alvilde amalie amanda amina amir amira amund ana anders andrea andreas andrzej ane anette angelica anita
    anja anjali ann anna anne annelise annette annika anniken anton antonio ariana arild arin aris arman arne arnfinn arnhild arnold
    arnt aron arthur arve arvid asbjørn ask aslak aslaug asle asta astri astrid atle aud audhild audun august aurora awa axel ayan
    aylin azra balder bård bashir beata beate benedicte benedikt benjamin bente berit bernt birger birgit birgitte birte bjarne
    bjarte bjørg bjørn bjørnar bjørnhild bo borghild brage brit britt brede bror brynhild brynjar børge camilla carina carl caroline
    casper catharina catherine cathrine cecilie celine charlotte chris christer christian christin christina christine christoffer
    claus clara cornelia cornelius dag dagfinn daghild dagmar dagny dagrun damian dan daniel daniela danuta david dawid deniz desta
    diana didrik dina dordi doris dorota dorthe ebba ebbe edel edgar edit edith edvard edvin egil eilert eileen eilif einar eir eira
    eirik eirill eirin eivind ela elea elena elfrid eli elia elias eliasz elin eline elinor elisa elisabeth elise elizabeth ella
    elle ellen ellinor elling elma elsa else elvira embla emil emilia emilie emily emma emmanuel endre erica erik erika erlend
    erling ernst espen esten ester eskil eva evelyn even fabian fadumo farah fatima fatma felix ferdinand filip finn fiona flora
    fredrik freddy freja frida fride fridtjof frode frøydis gabriel gabriela garth geir georg gerd gerhard gina gisle gitte gjermund
    gjertrud gjøran glenn gloria gorm grete grethe gro gry grzegorz gudbrand gudmund gudny gudrun gudveig gulbrand gunhild gunn gunnar gunnbjørg
    gunnhild gunnlaug gunnvor gunvor gustav guttorm guro gyda gøran hafsa hakon halfdan halldis hallgeir hallgerd hallvard hamza
    hanna hannah hanne hannes hans harald harriet hassan haakon håkon håvard hedda hedvig heidi helena helene helga helge helle
    helmer hege henny henning henriette henrik henry herbjørn herborg herdis herman hermine hermod hilda hilde hildegunn hilmar hjalmar hjørdis
    holger hussein håvar ibrahim ida idar idun ilse ina inga ingar inge ingeborg ingebjørg ingebrigt ingelin inger ingerid ingfrid ingjerd
    ingolf ingrid ingunn ingvald ingvar ingvild irene iris irmelin isa isabel isabell isabella isak iselin ismail ivan ivar iver iwona
    jacob jakob jama jamal james jan jane janne jannicke jannik jarl jarle jasmin jasmine jenny jens jeppe jermund jesper jo joachim joakim joar
    jofrid johan johanna johanne johannes john johnny jomar jon jonas jonathan jone jorid jorun jorunn josef josefine joseph josteinn
    jostein judith julia julian julie julius jun juni justyna jørgen jørn jørund kaia kaja kai kaisa kalle kamila kamil karen kari karianne karin karina
    karine karl karla karoline kaspar kasper katarina katarzyna kate kathrine katinka katja katrine kay kenneth kent kevin khadija
    khalid kim kine kirsten kirsti kitty kjartan kjell kjellaug kjellfrid kjellrun kjersti kjerstin kjetil klara klaus knut konrad konstanse kornelius kristen
    krister kristian kristin kristina kristine kristoffer kristofer krystyna krzysztof kurt kåre kamilla lars lasse laura laurits lauritz
    leah lea leif leiv lena lene leo leon leonora leyla lilian lill lilli lilly lina linda line linn linnea lisa lisbet
    lisbeth lise liss liv live liva lorentz lotte louisa louise lovise luca lucas ludvig lukas luna lydia lykke lone magda magdalena
    maggie magne magnar magnhild magni magnus mahad mahamed mai maia maiken maja malala malene malin małgorzata marcel marcin marcus marek maren
    margareta margit margot margrete margrethe mari maria mariam marian marianne marie mariell marielle marina marion marit marita marius mariusz
    markus marlene mart marta marte martha marthe martin martine martinus mary maryam mateusz mathea matheo mathias mathilde mats
    matteo mattis maud maurits max may mehmet melissa merete merethe mia michael michał michelle mie mikael mikal mikkel mila milan milla mille mina
    miriam mohamed mohammad mohammed mona monica monika morten mostafa mukhtar muna mustafa my nadia najma naomi natalia natalie nathaniel nawal
    nelly nicolai nicolas nicole niels nikita niklas nikolai nils nina njål noah noelle noor nora norunn norvald nour odd oda oddbjørg oddbjørn oddgeir oddmund
    oddny oddrun oddvar odin odny ola olaf olai olaug olav ole olea olga oliver olivia ollaug omar oscar osman oskar osvald othilie otto ove paal pål
    patricia patrick patrik paul paula paulina paulus pawel per pernille petra petter philip pia piotr preben rachel ragna ragne ragnar ragnfrid ragnhild
    rahma rakel ralf ramona randi rannei rannveig rasmus raymond rebecca rebekka regine reidar reidun reinert remi renate rewan richard rikard rikke rita
    robert robin roger roar roald rolf ronja ronny ronald rose roy ruben rudolf ruth rune runa runar rønnaug sabina sahra said salma sam samira
    samson samuel sander sandra sara sarah saynab sebastian selam selma serine severin sigbjørn sigfrid sigmund signe signy sigrid sigrun sigurd sigvart silje
    silvia simen simon simone sindre siren siri sissel siv siw sivert sjur snorre sofia sofie solfrid solgunn solrun solveig solvår sondre sonja sophie
    stanislaw stefan steffen stein steinar stella sten stian stig stina stine storm sturla sture styrk sulaiman sunniva sunniv susann susanne svanhild sverre svein sveinung svend svenn
    sven sylvia sylvi synne synnøve syver sæbjørn sølve sølvi søren tale tanja tarald tarjei tatiana terese terje tesfay thale thea theo theodor
    theresa therese thomas thor thorbjørn thorleif thorvald thuy tia tiana tilde tilla tim tina tiril tobias tom tomas tomasz tone tonje tor tora torbjørg
    torbjørn tord tore torfinn torgeir torger torgny torgrim torgunn torhild torild torill toril torjus torkel torkil torkild torleif tormod torolf torstein torunn torvald torvild trine tron trond trude trygve tuva
    tyra tyrgils tønnes tor-arne ulf ulla ulrik ulrikke una une unn unni urd ursula vanessa vanja vebjørn vegar vegard velaug vemund vera veronica veronika vetle victor victoria
    vidar viggo vigdis viktor viktoria vilde vilja villads ville vilma vilmer vincent viola vivi vivian vivian wahid walid wenche wencke wilhelm wiktoria wilma
    wiggo william yasmin yngvar yngve yngvild yusuf yvonne zahra zainab zara zofia zuzanna ådne åge ågot åsa åse åshild åslaug åsmund åsne ørjan øistein
    øivind øystein øyvind øyunn ørnulf østen
    """)
SURNAMES = _words("""
    aas aasen abdi abdullah abrahamsen ahmed ali amundsen andersen andreassen antonsen arnesen aune bakke bakken bakkerud berg berge berger bergersen
    bjerke bjørnstad blom borge brekke bråten bråthen bye byberg bø bøe børresen carlsen christensen christiansen dahl dahle dahlen danielsen edvardsen eide
    eilertsen eliassen ellingsen engebretsen engen enger eriksen evensen fjeld fjeldstad foss fosse fredriksen frøland gabrielsen gjerde gran
    grønli gulbrandsen gundersen gustavsen hagen haga halvorsen hansen hanssen hassan hauge haugen haugland hellum helgesen helland henriksen
    hermansen hole holen holm holmen holte hoel hopland hovland husby hussain ingebrigtsen isaksen iversen jacobsen jakobsen jensen jenssen johannessen
    johansen johnsen jonassen jørgensen karlsen khan knudsen knutsen kolstad kowalski kristensen kristiansen kristoffersen kvam larsen lie lien lorentzen
    lund lunde løken madsen magnussen martinsen mathisen mikkelsen moe moen mohamed mohamud monsen mortensen myhre myhrer myklebust næss ness nguyen nicolaisen nielsen nikolaisen
    nilsen nordby nordli nowak nygaard nygård næss olsen ottesen paulsen pedersen petersen pettersen rasmussen riise rognstad ruud rønning rød sande samuelsen sandberg sandnes sandvik
    simonsen skaar skoglund solberg solheim solbakken solli sollie stene stokke strand strøm sunde sundby svendsen syversen sæther sætre sørensen
    sørlie teigen thomassen thorsen tollefsen torgersen tran tveit tangen vik vold wold warsame winther ødegård ødegaard øien ås
    """)
PLACES = _words("""
    agder akershus alta arendal asker askim askøy aust-agder bergen bodø brumunddal bryne buskerud bærum drammen drøbak eidsvoll elverum fauske
    finnmark finnsnes fjellhamar florø fredrikstad førde gardermoen gjøvik grimstad grorud grünerløkka halden hamar hammerfest harstad haugesund hedmark helgeland holmestrand
    honningsvåg hordaland horten hønefoss innlandet jessheim jæren karasjok kautokeino kirkenes kongsberg kongsvinger kongsvinger kragerø kristiansand
    kristiansund lakselv larvik levanger lier lillehammer lillestrøm lofoten longyearbyen løten mandal mo-i-rana molde moss mosjøen mysen møre namdalen namsos narvik nordland
    nordfjord nordmøre notodden odda oppland orkanger oslo porsgrunn rana ringerike rjukan rogaland romsdal romerike røros sandefjord sandnes sandvika sarpsborg setesdal ski
    skien sogn sogndal stavanger steinkjer stjørdal stord sunnfjord sunnmøre svolvær sørlandet telemark toten toten tromsø trondheim trøndelag tynset tønsberg
    vadsø valdres vardø verdal vesterålen vestfold vest-agder vestlandet viken volda voss ørsta østfold østlandet ålesund åndalsnes årdal nord-norge midt-norge
    sverige danmark finland island polen tyskland england skottland irland frankrike spania italia russland ukraina tyrkia syria irak iran afghanistan pakistan india
    somalia eritrea etiopia sudan kenya marokko kongo burundi rwanda bosnia kosovo serbia kroatia chile colombia brasil vietnam thailand filippinene kina usa
    litauen latvia estland romania bulgaria hellas portugal nederland belgia københavn stockholm göteborg london berlin damaskus mogadishu
    """)
# Capitals that point at nobody: the state, the church, firms everybody uses, words of the field.
COMMON_CAPITALS = _words("""
    nav norge noreg norway norges noregs dps bup ppt ppt aa na lar rop act fact tsb hod helfo fhi wma who eu eøs fn usa's cv tv pc dvd it sms mms gps pdf
    ptsd adhd add ocd hiv aids chime ips ips-jobb bsb kaupe ect emdr dbt bpd thc ghb mdma lsd hr hms hivaids korus koRus napha usht nku mb
    facebook instagram snapchat tiktok youtube google teams zoom netflix vipps finn messenger whatsapp spotify windows iphone ipad internett internet
    gud jesus herren bibelen koranen islam allah jul påske pinse ramadan vinmonopolet polet rema kiwi coop ikea stortinget regjeringa regjeringen staten
    helsedirektoratet statsforvalteren statsforvaltaren fylkesmannen skatteetaten husbanken lånekassen lånekassa folketrygden helsenorge bankid altinn digipost
    de dem deres dykk dykkar covid korona corona covid-19 europa skandinavia norden afrika asia amerika vesten english norwegian monday tuesday wednesday
    thursday friday saturday sunday january february march april june july august september october november december christmas easter mr mrs ms dr
    recovery empowerment peer workshop meeting transcript transcription interview focus group final draft new copy file audio record recording
    docx doc odt pdf rtf txt vtt srt md wav mp3 m4a mp4 id1 uio uib uit ntnu
    informant intervjuer intervjuar interviewer moderator deltaker deltakar respondent brukerspørbruker hms-kurs
    valium sobril rivotril subutex subuxone suboxone metadon zyprexa leponex cipralex zoloft paracet ritalin seroquel lithium imovane imovan
    """)
ORGANISATION_ENDINGS = tuple(
    sorted(
        _words(
            "sykehus sykehuset sjukehus sjukehuset universitetssykehus skole skolen skule skulen barneskole ungdomsskole folkehøgskole folkehøgskule "
            "senter senteret sentret klinikk klinikken barnehage barnehagen hjemmet heimen sykehjem sjukeheim legekontor legesenter kommune kommunen fengsel "
            "universitet universitetet høgskole høgskule høyskole kirke kyrkje menighet huset stiftelsen foreningen foreningen foreininga laget kollektivet kollektiv "
            "verksted verkstedet kafé kafeen bruket avdelingen avdelinga posten poliklinikk poliklinikken gruppen gruppa bofellesskap "
            "bedrift bedriften tunet klubben klubb forlag bibliotek apotek skysstasjon mottak mottaket krisesenter krisesenteret misjon bymisjon armeen kors"
        )
    )
)
# Nouns that turn the capitalised word before them into an organisation: "Fjordvik kommune".
ORGANISATION_NOUNS = _words("""
    kommune kommunen fylkeskommune sykehus sykehuset sjukehus sjukehuset skole skule barneskole barneskule ungdomsskole ungdomsskule
    videregående vidaregåande vgs folkehøgskole folkehøgskule legesenter legekontor senter klinikk barnehage universitet høgskole høgskule
    høyskole barnevern barneverntjeneste barnevernsteneste bofellesskap omsorgssenter sykehjem sjukeheim fengsel menighet kirke kyrkje
    idrettslag poliklinikk akuttpost behandlingssenter dps bup as asa il ik fk tingrett politikammer lensmannskontor bydel krisesenter
    aktivitetshus brukerstyrte brukarstyrte recoverysenter rehabiliteringssenter helsehus legevakt asylmottak bibliotek hospital hf psykiatriske
    distriktspsykiatriske
    """)
PLACE_ENDINGS = tuple(
    sorted(
        _words("""
    vik vika viken våg vågen heim fjord fjorden sund sundet nes neset øy øya øyane dal dalen dalar stad bygd bygda bygdi ås åsen land
    strand stranda havn hamn hamna voll vollen fjell fjellet elv elva vatn vatnet sjøen mark marka berg berget foss fossen bakken
    haug haugen moen mo grend grenda lia løkka skogen myra myra jordet nesset holmen bukta kroken åker rud botn lund hamar torg veien gata vegen
    """)
    )
)
SURNAME_ENDINGS = (
    "sen",
    "son",
    "ssen",
    "sson",
    "datter",
    "dottir",
    "ski",
    "ska",
    "wicz",
    "vić",
    "ić",
    "ova",
    "ova",
    "zadeh",
    "stuen",
    "gård",
    "gaard",
    "rud",
    "sæter",
    "tveit",
    "set",
    "seth",
    "bø",
)
# Words after which a capital is a name.
NAME_HERALDS = _words("""
    heter heiter hette hete het heitte kalles kallast kalla kalt kaller kallar kallte døpt døypt navnet namnet frøken fru herr doktor dr psykolog psykologen
    lege legen fastlege fastlegen sykepleier sykepleieren sjukepleiar sjukepleiaren terapeut terapeuten behandler behandleren behandlar behandlaren vernepleier
    lærer læreren lærar læraren prest presten rektor advokat sosionom miljøarbeider koordinator kontaktperson saksbehandler saksbehandleren saksbehandlar
    tante onkel mormor morfar farmor farfar bestemor bestefar besta søster bror syster kjæresten kjærasten samboeren sambuaren kona mannen sønnen sonen datteren dattera
    dottera venninna venninnen venninne kompisen kameraten naboen sjefen kollegaen kollegaer hunden katten hesten hei hallo kjære kjare er hilsen helsing named called
    """)
PLACE_HERALDS = _words(
    "i på fra frå ifra ifrå til te mot ved gjennom forbi nær innom utenfor utanfor rundt in at from to near oppi nedi inni uti utpå innpå oppå nedpå oppe nede inne ute bortpå"
)
NAME_PREPOSITIONS = _words("av med hos og til for om åt ho han hun n'")
# Small words of speech and dialect that no dictionary lists.
SPOKEN_WORDS = _words("""
    mhm mm hm hmm eh ehm øh ehh aha åja åh oi jaja neida jada joda okei okay ok hehe haha pappa mamma
    æ mæ dæ sæ itj ikkj ikke itte ente inte isje ikkje dokker dokk dåkker dåkk hu ho hanj 'n korsn korleis koffer kofor korfor hvorfor ka kæ ke kem kæm kor kordan kossn kossen
    nåkka nåkkå nokka nåkken nåen nån noen nåe nokke noke va vart vorte vorten vørti blei blitt bli e ær værra vårre vørre ha hakke harke hadd hadde sku skulle kunna kunne villa
    sjø sjøl sjøle hælt heilt beire bære berre bærre bare dein dæm demm dæmm dem dom denna detta her hær der dær derre heime hjemme heim hjæm hjem åsså også å åffer åssen assen slik sånn sånt slikt
    trur tru trudd veit vett vet sei sa sae sier seie gjekk gikk jikk gjør gjer gjor kjem kommer kjeme ganga gonga gongen somme somt mange mang altså assa ass liksom liksåm lissom
    jæ jæi jau jauda nei næ nai ne på'n fikk fekk fikk fæk ifrå ifra te tel tell ner neri oppi utpå hos hjå attåt fordi fordei me mi vi vårres våres dykk dykkar dokkar derra derre dessa
    """)

# Small words inside a name.
JOINING = _words("van von de der den la le al el bin ibn abu da di dos av og")
# Names that are such frequent words that a sentence opening with one tells nothing.
EVERYDAY = _words(
    "hans dag even my bror mai may per ask tor jan liv sol vår ane alle mina mine eli kim ina will an du ali una live remi tia"
)
# Words after which even a word without a capital is a name.
TOLD_NAMES = _words("heter heiter hette hete het heitte kalles kallast")
# First words of farms and streets.
DIRECTIONS = _words(
    "øvre nedre nordre søndre søre austre østre vestre vestle store lille litle indre ytre midtre gamle nye nord sør øst aust vest"
)
# Words that stand before persons, hardly before places.
BEFORE_PERSONS = _words("hos med ho han hun n'")
# Endings of words that turn the name before them into an organisation.
HOUSE_ENDINGS = (
    "skole",
    "skule",
    "senter",
    "hjem",
    "heim",
    "sykehus",
    "sjukehus",
    "klinikk",
    "kontor",
    "kommune",
    "mottak",
    "fengsel",
)
