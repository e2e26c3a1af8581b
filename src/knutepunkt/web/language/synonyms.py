"""Word pairs the dictionaries do not join: Nynorsk and Bokmål, words of the field, and old words that hurt.

Keys are base forms. Old words lead to today's word so that they find; nothing here is ever suggested to anybody.
"""

_NYNORSK = (
    "ikkje:ikke eg:jeg ho:hun dei:de me:vi de:dere dykk:dere nokon:noen noko:noe nokre:noen kva:hva kven:hvem kvar:hvor "
    "korleis:hvordan kvifor:hvorfor når:når mykje:mye meir:mer mest:mest berre:bare ein:en ei:en eit:en frå:fra "
    "heim:hjem heime:hjemme heimen:hjem åleine:alene aleine:alene einsam:ensom einsemd:ensomhet einsamheit:ensomhet "
    "meistring:mestring meistre:mestre meister:mester meining:mening meine:mene meiningsfull:meningsfull hjelp:hjelp hjelpe:hjelpe "
    "hjelpar:hjelper tilbod:tilbud teneste:tjeneste tenesta:tjeneste helseteneste:helsetjeneste sjukdom:sykdom sjuk:syk sjukehus:sykehus "
    "sjukepleiar:sykepleier sjukeheim:sykehjem sjukmeld:sykmeldt brukar:bruker brukarmedverknad:brukermedvirkning "
    "medverknad:medvirkning medverke:medvirke verknad:virkning verke:virke påverke:påvirke påverknad:påvirkning "
    "tilsett:ansatt arbeidar:arbeider leiar:leder leie:lede rettleiing:veiledning rettleie:veilede opplæring:opplæring "
    "kjensle:følelse kjenne:kjenne vanskeleg:vanskelig vanleg:vanlig viktig:viktig moglegheit:mulighet mogleg:mulig "
    "høve:anledning tryggleik:trygghet tryggheit:trygghet glede:glede sorg:sorg von:håp vone:håpe draum:drøm drøyme:drømme "
    "framtid:fremtid framover:fremover framleis:fremdeles fram:frem no:nå nå:nå då:da difor:derfor saman:sammen "
    "fellesskap:fellesskap samhald:samhold samtale:samtale språk:språk veg:vei vegen:vei skule:skole bustad:bolig "
    "bu:bo bumiljø:bomiljø nabo:nabo ven:venn venn:venn venskap:vennskap kjærast:kjæreste son:sønn dotter:datter bror:bror "
    "syster:søster mor:mor far:far foreldre:forelder born:barn barn:barn ungdom:ungdom eldre:eldre pårørande:pårørende "
    "deltakar:deltaker delta:delta innbyggjar:innbygger kommune:kommune samarbeid:samarbeid erfaring:erfaring "
    "røynsle:erfaring røyndom:virkelighet oppleving:opplevelse oppleve:oppleve sjølv:selv sjølvmord:selvmord "
    "sjølvbilete:selvbilde sjølvkjensle:selvfølelse sjølvtillit:selvtillit sjølvstende:selvstendighet "
    "sjølvstendig:selvstendig sjølvhjelp:selvhjelp sjølvskading:selvskading eigen:egen eigenmakt:egenmakt avhengigheit:avhengighet "
    "avhengig:avhengig likeverd:likeverd rett:rett rettigheit:rettighet rettar:rettighet røyst:stemme stemme:stemme røyste:stemme "
    "bilete:bilde biletet:bilde spørsmål:spørsmål svar:svar spørje:spørre seie:si si:si sier:si seier:si sa:si sagt:si gje:gi gi:gi få:få vere:være vera:være "
    "verte:bli bli:bli gjere:gjøre gjera:gjøre vite:vite veit:vite sjå:se høyre:høre høyra:høre tilhøyrsle:tilhørighet tilhøyre:tilhøre "
    "lese:lese skrive:skrive skrivar:skriver lækjar:lege dokter:lege doktor:lege psykolog:psykolog kvinne:kvinne mann:mann "
    "menneske:menneske medmenneske:medmenneske folk:folk born:barn gut:gutt jente:jente veke:uke månad:måned år:år "
    "kvardag:hverdag kvardagsliv:hverdagsliv dagleg:daglig ofte:ofte alltid:alltid aldri:aldri fyrst:først fyrste:første "
    "seinare:senere sein:sen tidleg:tidlig lenger:lenger lang:lang kort:kort stor:stor liten:liten god:god betre:bedre "
    "betring:bedring dårleg:dårlig ille:ille tung:tung lett:lett rusmiddel:rusmiddel rusavhengig:rusavhengig "
    "behandling:behandling innlegging:innleggelse utskriving:utskrivelse tvang:tvang tvungen:tvungen møte:møte møtestad:møteplass "
    "stad:sted stader:sted opphald:opphold rom:rom hus:hus økonomi:økonomi pengar:penger trygd:trygd arbeid:arbeid løn:lønn "
    "utdanning:utdanning kunnskap:kunnskap læring:læring lære:lære lærar:lærer øving:øvelse forsking:forskning forskar:forsker "
    "undersøking:undersøkelse spørjing:spørring kjelde:kilde døme:eksempel ynskje:ønske ynske:ønske ønskje:ønske trong:behov behov:behov "
    "endring:endring utvikling:utvikling utfordring:utfordring løysing:løsning løyse:løse vurdering:vurdering avgjerd:avgjørelse "
    "ansvar:ansvar tillit:tillit respekt:respekt verdigheit:verdighet verdsetjing:verdsetting likskap:likhet skilnad:forskjell "
    "samanheng:sammenheng samfunn:samfunn born:barn djup:dyp høg:høy låg:lav tjukk:tykk mjuk:myk sjel:sjel auge:øye øyre:øre hovud:hode "
    "kjærleik:kjærlighet kropp:kropp hjarte:hjerte hand:hånd haud:hode skam:skam skuld:skyld angst:angst uro:uro redsle:redsel redd:redd"
)
_FIELD = (
    "empowerment:egenmakt myndiggjøring:egenmakt myndiggjering:egenmakt myndiggjøre:egenmakt egenmakt:egenmakt "
    "recovery:bedring tilfriskning:bedring bedringsprosess:bedring betringsprosess:bedring recoveryprosess:bedring "
    "likemann:likeperson likemannsarbeid:likeperson likepersonsarbeid:likeperson peer:likeperson "
    "hope:håp håpefull:håp meaning:mening meningsfull:mening identity:identitet connectedness:tilhørighet tilknytning:tilhørighet "
    "belonging:tilhørighet loneliness:ensomhet ensom:ensomhet lonely:ensomhet coping:mestring mestre:mestring mestrer:mestring meistrar:mestring "
    "participation:medvirkning brukermedvirkning:medvirkning deltakelse:medvirkning deltaking:medvirkning addiction:avhengighet "
    "rusavhengighet:avhengighet carer:pårørende relative:pårørende caregiver:pårørende "
    "suicid:selvmord suicide:selvmord selvdrap:selvmord sjølmord:selvmord sjølmordstanke:selvmordstanke "
    "suicidal:selvmordstanke selvmordsnær:selvmordstanke self-harm:selvskading selvskade:selvskading sjølskading:selvskading "
    "job:arbeid jobb:arbeid work:arbeid jobbe:arbeid arbeide:arbeid housing:bolig hjemme:hjem heime:hjem home:hjem friend:venn friendship:vennskap "
    "trust:tillit shame:skam voice:stemme coercion:tvang municipality:kommune experience:erfaring story:fortelling "
    "historie:fortelling forteljing:fortelling soge:fortelling trauma:traume anxiety:angst depresjon:depresjon depression:depresjon "
    "stigma:stigma stigmatisering:stigma stigmatisere:stigma erfaringskonsulent:erfaringsmedarbeider "
    "relapse:tilbakefall detox:avrusning detoxification:avrusning aftercare:ettervern panic:panikk panikkanfall:panikk grief:sorg grieve:sorg "
    "prison:fengsel jail:fengsel release:løslatelse lauslating:løslatelse løslate:løslatelse refugee:flyktning admission:innleggelse "
    "discharge:utskrivelse medication:medisin medicine:medisin ward:avdeling lågterskel:lavterskel treffstad:treffsted abuse:overgrep "
    "debt:gjeld nature:natur music:musikk family:familie municipal:kommune kommunal:kommune volunteer:frivillig young:ung youth:ungdom child:barn children:barn "
    "fastlege:lege allmennlege:lege doctor:lege physician:lege therapist:behandler terapeut:behandler"
)
_OLD = (
    "narkoman:rusavhengig narkis:rusavhengig junkie:rusavhengig misbruker:rusavhengig misbrukar:rusavhengig "
    "rusmisbruker:rusavhengig rusmisbrukar:rusavhengig stoffmisbruker:rusavhengig stoffmisbrukar:rusavhengig "
    "narkotikamisbruker:rusavhengig rusbruker:rusavhengig addict:rusavhengig alkoholiker:alkoholavhengig alkoholikar:alkoholavhengig "
    "alkis:alkoholavhengig drukkenbolt:alkoholavhengig fyllik:alkoholavhengig alkoholmisbruker:alkoholavhengig alcoholic:alkoholavhengig "
    "rusmisbruk:rusbruk stoffmisbruk:rusbruk misbruk:rusbruk narkomani:rusbruk "
    "sinnssyk:psykisk sinnsyk:psykisk sinnssjuk:psykisk sinnslidelse:psykisk sinnslidende:psykisk nervelidelse:psykisk mental:psykisk "
    "galehus:psykiatri sinnssykehus:psykiatri asyl:psykiatri "
    "åndssvak:utviklingshemmet evneveik:utviklingshemmet tilbakestående:utviklingshemmet "
    "utviklingshemma:utviklingshemmet vanfør:funksjonshemmet invalid:funksjonshemmet krøpling:funksjonshemmet "
    "funksjonshemma:funksjonshemmet"
)


def _pairs(table: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in table.split())


NYNORSK_TO_BOKMAL = _pairs(_NYNORSK)
OLD = _pairs(_OLD)
SAME_THING = _pairs(_FIELD) | OLD
