"""What readers look for: a mix of short and long, common and rare, misspelt and unfinished, with and without choices."""

QUERIES = (
    "", "?valg=kind:story", "?valg=chime:hope", "?valg=library:topic.loss&valg=form:sound", "?valg=kind:example&valg=region:50",
    "?q=ensomhet", "?q=einsemd", "?q=loneliness", "?q=angst", "?q=håp", "?q=bolig", "?q=kommunebolig", "?q=senter", "?q=recovery", "?q=egenmakt",
    "?q=myndiggjøring", "?q=empowerment", "?q=brukermedvirkning", "?q=pårørende", "?q=tvang", "?q=sorg", "?q=rus", "?q=tilbakefall",
    "?q=ettervern", "?q=selvmord", "?q=arbeid", "?q=hund", "?q=kaffe", "?q=gitar", "?q=fengsel", "?q=gå+en+tur", "?q=be+om+hjelp",
    "?q=miste+sønn+overdose", "?q=hvordan+komme+tilbake+i+jobb", "?q=bo+alene+og+være+ensom", "?q=jeg+orket+ikke+å+stå+opp+om+morgenen",
    "?q=erfaringskonsulent+i+kommunen", "?q=brukerstyrt+seng", "?q=medisinfritt+tilbud", "?q=narkoman", "?q=mor+til+en+som+ruser+seg",
    "?q=ensomhte", "?q=deppresjon", "?q=tilbakefal", "?q=rettiheter", "?q=slevmord", "?q=bruk", "?q=likepers", "?q=xyzzyq",
    "?q=angst&valg=kind:story&valg=length:short", "?q=ensomhet&valg=library:situation.alone&uten=content-notes:death",
    "?q=bolig&valg=kind:example", "?q=håp&valg=language:nn", "?q=shame+small+village", "?q=release+from+prison", "?q=et+hjem+å+låse",
    "?q=skam+på+et+lite+sted", "?q=natt+søvn+uro", "?q=kor+synge", "?q=hage+dyrke", "?q=skole+studier", "?q=det+hjalp+ikke",
    "?q=noen+dager+handlet+bare+om+å+vente", "?q=ensomhet&fra=20", "?q=jeg", "?q=å+være",
)
