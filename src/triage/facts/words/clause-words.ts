/**
 * How one language speaks of paying. All are patterns over folded text.
 * - `pay`: any word of paying; `paid`: forms that say it happened, unless `future` stands in the same clause;
 * - `due`: what stands right before a date that belongs to an invoice, not to a payment.
 */
export type ClauseWords = {
  joiners: string
  pay: string
  paid: string
  future: string
  negation: string
  condition: string
  asking: string
  refund: string
  due: string
}

const nl: ClauseWords = {
  joiners: 'en|maar|echter|doch|terwijl|waarvan|waarna',
  pay: 'betaaldatum|uitbeta\\w*|beta(?:al|len|alt|ling\\w*|ald\\w*|alrun|albaar\\w*|albatch)|voldoe(?:n|t)?|voldaan|overmak(?:en|ing)|overgemaakt|(?:maak|maken|maakt|maakten?)\\b.{0,60}\\bover|verreken\\w*|boek(?:en|t)?\\b.{0,60}\\bover|overboek\\w*|overgeboekt|overschrijv\\w*|overgeschreven|over te (?:maken|schrijven|boeken)|stort(?:en|ing)?|gestort|vereffen\\w*|aanzuiver\\w*|aangezuiverd|los(?:sen|t)?\\b.{0,40}\\baf|aflos\\w*|afbetal\\w*|aanbetal\\w*|te voldoen|batch|betaalopdracht\\w*|geld|afgerekend|afrekenen|gepind|(?:heeft|hebt) u het|heb je het|hebben jullie het|op (?:uw|jullie|je) rekening|(?:bedrag|som)\\b.{0,30}\\bbij (?:u|jullie)|incass\\w*|afschrijv\\w*|afgeschreven|uitvoering',
  paid: 'vertrokken|afgerekend|gepind|(?:maakte[n]?|boekten?)\\b.{0,60}\\bover|verrekend|betaald|voldaan|overgemaakt|overgeboekt|overgeschreven|gestort|vereffend|betaalden|betaalde (?:ik|wij|we)|(?:ik|wij|we) betaalde|(?:is|werd) (?:de deur )?uit(?:gegaan)?|opdracht (?:gegeven|is gegeven)|ingediend bij de bank|verstuurd',
  future:
    'zal|zullen|zult|gaat|gaan|ga|word(?:t|en)|kan|kunnen|wil(?:len)?|verwacht\\w*|plan(?:nen)?|gepland|ingepland|klaargezet|klaar (?:gezet|staat)|staat klaar|moet(?:en)?|streven|hopen|hoop|te betalen|te voldoen|volgt|plaatsvindt|vindt\\b.{0,40}\\bplaats|beloof|beloven|zeg\\w* toe|toezeg\\w*',
  negation: 'niet(?! later)|onmogelijk|geen(?! (?:probleem|punt|zorgen))|nooit|nog niet|zonder(?! mankeren)',
  condition:
    'als(?! (?:ik|we|wij) (?:[a-z]+ ){0,3}(?:thuis|terug|kantoor|bureau|binnen|achter)| (?:volgt|bijlage|eerste|gevolg|u nog|je nog|u vragen|er nog))|indien|zodra|mits|wanneer(?! (?:ik|we|wij) (?:[a-z]+ ){0,3}(?:thuis|terug|kantoor|bureau))|na (?:ontvangst|levering|akkoord|goedkeuring|creditering|correctie)|pas na(?:dat)?|nadat|onder voorbehoud|op voorwaarde|tenzij|afhankelijk van|of (?:wij|we|ik)|wacht(?:en)? (?:[a-z]+ ){0,6}(?:op|af)|(?:moet|dient)\\b.{0,40}\\beerst|eerst\\b.{0,40}\\b(?:moet|in orde)|pas (?:over|betalen)',
  asking:
    'mogen (?:wij|we)|mag ik|zou(?:den)? (?:het|wij|we|u|ik)|is het mogelijk|uitstel|kunt u (?:instemmen|akkoord)|verzoek\\w* (?:wij )?(?:u )?om|graag (?:zouden|willen)|akkoord\\?',
  refund: 'terugbetal\\w*|terugstort\\w*|teruggestort|restitutie|crediteren',
  due: 'van|d\\.?d\\.?|gedateerd|vervaldatum|vervalt(?: op)?|vervallen(?: op)?|dagtekening|factuurdatum|per mail van|brief van|mail van',
}
const en: ClauseWords = {
  joiners: 'and|but|while|whereas|however|although',
  pay: 'pay(?:s|ing|ment|ments|able)?|paid|settl(?:e|es|ed|ing|ement)|transfer\\w*|remit\\w*|wir(?:e|ed|ing)|clear(?:ed|ing)? (?:the|this|that|it|all|our|invoice|your|outstanding|balance)|payment run|bank run|money|funds|bacs|(?:credited|show) (?:to|on|in) your (?:bank )?account|in your (?:bank )?account|(?:amount|sum)(?: is| will be|.ll be)? with you|process(?:ed|ing)? (?:the |this |your )?(?:invoice|payment)|be (?:processed|cleared)|commit to|cheque|check|(?:bank|payment) instruction|direct debit|you(?: will|.ll) have (?:it|this|that)',
  paid: 'debited|deducted|cashed|went out|gone out|left our (?:bank|account)|paid|settled|transferred|remitted|wired|cleared|(?:payment|transfer|remittance|money|funds|cheque)\\b.{0,40}\\b(?:sent|made|processed|executed|done|released|initiated|issued|went out|left|gone out|completed)|(?:sent|made|released|processed|executed|initiated|issued)\\b.{0,30}\\b(?:payment|transfer|remittance|funds|money|cheque)',
  future:
    "gets?|will|shall|[a-z]+'ll|going to|plan(?:s|ned|ning)?|intend\\w*|expect\\w*|scheduled?|can|could|would|to be|should|must|need to|hope|aim\\w*|promise|commit\\w*|due to|are paying|am paying|is being|are being|to pay|to settle|to transfer|to make|to follow",
  negation:
    "not(?! later| past)|never|won't|cannot|can't|couldn't|haven't|hasn't|wasn't|isn't|don't|didn't|no (?:payment|funds|money)|unable|refuse|impossible|without(?! fail| further| delay)|nothing",
  condition:
    'if(?! you (?:have|need|require)| there (?:is|are) any)|once|as soon as|when(?! can| will you| (?:i|we)(?:.m|.re|.ll be| am| are| get| will be)? (?:back|home|at my|at the|in the office|in tomorrow))|provided|providing|after (?:receiving|receipt|we receive|you|the credit|your)|(?:up)?on receipt|subject to|on condition|unless|until (?:we|you|the|our|your)|pending|assuming|whether|(?:has|have|needs?|must)\\b.{0,50}\\bfirst(?! thing)|first\\b.{0,30}\\b(?:must|has to|needs? to)|await(?:ing)?|waiting (?:for|on)|only after|depending on',
  asking:
    'can we|could we|may we|might we|would it be|is it possible|allow us|permit us|extension|would you (?:accept|agree|mind)|we (?:would like to )?ask|request\\w* (?:an|a|to|more)|would you|could you (?:accept|agree|give|grant)|is that ok(?:ay)?|acceptable\\?',
  refund: 'refund\\w*|reimburs\\w*|pay us back|repay us',
  due: 'dated|of|from|due(?: date)?(?: on| by| is| was)?|issued(?: on)?|invoice date|your (?:e-?mail|letter|reminder|message) (?:of|from|dated)',
}
const de: ClauseWords = {
  joiners: 'und|aber|jedoch|wahrend|sowie|allerdings',
  pay: '(?:be|aus)?zahl(?:en|t|e|ung\\w*|ungen|lauf\\w*)|uberweis\\w*|ueberweis\\w*|uberwiesen|ueberwiesen|begleich\\w*|beglichen|ausgleich\\w*|ausgeglichen|gezahlt|bezahlt|(?:zahlungs|zahl)lauf\\w*|zahlungseingang|anweis\\w*|gleich(?:en|e|t)\\b.{0,60}\\baus|weis(?:en|e|t)\\b.{0,60}\\ban|angewiesen|uberweisungslauf|transferier\\w*|abschlag\\w*|geld|valuta|einzieh\\w*|einzug|abbuch\\w*|abgebucht|lastschrift\\w*|(?:bank|zahlungs|termin)auftrag|dauerauftrag|haben sie (?:es|ihr geld|das geld|den betrag)|geh(?:t|en)\\b.{0,40}\\b(?:raus|ab)|(?:auf )?ihrem konto|(?:betrag|summe|es)\\b.{0,30}\\b(?:bei ihnen|auf dem konto)|(?:bei ihnen|auf dem konto)\\b.{0,20}\\b(?:betrag|summe)',
  paid: '(?:ging|gingen)\\b.{0,40}\\b(?:ab|raus)|abgebucht|gezahlt|bezahlt|uberwiesen|ueberwiesen|beglichen|ausgeglichen|angewiesen|(?:zahlung|uberweisung|geld)\\b.{0,50}\\b(?:erfolgte|ausgefuhrt|veranlasst|getatigt|rausgegangen|(?<=(?:ist|sind) .{0,40})raus|erfolgt ist|ist erfolgt|vorgenommen)|zahlten wir|uberwiesen wir',
  future:
    'kommt|kommen|dann|als erstes|werde?|wird|werden|wirst|soll(?:te|en)?|konnen|kann|konnten|wollen|will|mochte\\w*|planen|geplant|vorgesehen|eingeplant|terminiert|vorgemerkt|erwart\\w*|erfolgt am|erfolgt (?:bis|zum|in|spat)|folgt|zu zahlen|zu begleichen|zu uberweisen|mussen|sagen\\b.{0,40}\\bzu|zusag\\w*|versprech\\w*|beabsicht\\w*',
  negation: 'nicht(?! spater)|unmoglich|nichts|kein(?:e[nrms]?)?(?! (?:problem|sorge|thema))|nie|noch nicht|ohne(?! weiteres)|weder',
  condition:
    '(?<!auch )wenn(?! (?:ich|wir) (?:[a-z]+ ){0,3}(?:zuruck|zu hause|daheim|buro|schreibtisch|haus)| sie (?:noch )?(?:fragen|ruckfragen))|sobald|falls|sofern|nach (?:erhalt|eingang|lieferung|prufung|klarung|gutschrift|freigabe|korrektur)|nachdem|vorbehaltlich|unter (?:der bedingung|dem vorbehalt|vorbehalt)|vorausgesetzt|(?:erst|zuerst|zunachst) muss|muss\\b.{0,40}\\b(?:erst|zuerst|zunachst)|ob|abwarten|warten? (?:ich|wir|noch|auf)|(?:ich|wir) warten?|erst (?:nach|wenn|dann)|bei erhalt|ausser',
  asking:
    'durfen wir|duerfen wir|konnten (?:wir|sie)|ware es|waere es|ist es moglich|aufschub|stundung|fristverlangerung|zahlungsaufschub|bitten (?:wir )?(?:sie )?um (?:[a-z]{2,14} ){0,3}(?:aufschub|stundung|fristverlangerung|verlangerung|zahlungsaufschub|zahlungsziel|ratenzahlung|zustimmung|einverstandnis)|einverstanden\\?|moglich\\?',
  refund: 'erstatt\\w*|ruckerstatt\\w*|zuruckzahl\\w*|ruckzahl\\w*|gutschreib\\w*',
  due: 'vom|datiert(?: vom)?|fallig(?: am| seit| zum)?|falligkeit|rechnungsdatum|belegdatum|mail vom|schreiben vom|mahnung vom',
}
const fr: ClauseWords = {
  joiners: 'et|mais|tandis que|alors que|toutefois|cependant',
  pay: 'pa(?:ie(?:s|nt)?|ye|yer|yons|ierons|ierai|iera|yez|yee?s?|yerons|yera|yerai|iement\\w*|yement\\w*)|regl(?:e|er|ons|erons|erai|era|ement\\w*|ee?s?|ez)|virement\\w*|vir(?:e|er|erons|ee?s?|ons)|sold(?:er|ons|erons|ee?s?)|acquitt\\w*|honor(?:er|ons|erons|ee?s?)|vers(?:e|er|ons|erons|ement\\w*|ee?s?)|transf[ee]r\\w*|cheque|echeancier|fonds|argent|preleve\\w*|prelevement\\w*|apur(?:e|er|ons|erons|era|ee?s?)|campagne de (?:paiement|reglement)|passee? par carte|(?:sur|a) votre compte|(?:montant|somme)\\b.{0,30}\\bchez vous|vous l.aurez|vous aurez|part(?:ent|ira|iront)',
  paid: '(?:a|ai|as|avons|avez|ont|est|sont|ete|etait|etaient|deja|fut|ayant|bien)\\b.{0,40}\\b(?:paye|regle|vire|verse|solde|acquitte|debite|encaisse|passe par carte)|(?<![\\s\\S])(?:paye|regle|vire|verse)|(?:pay|regl|vir|vers|acquitt|debit|encaiss)(?:ee|ees|es)|soldee?s|effectuee?s?|debitee?s?|(?:virement|paiement|reglement)\\b.{0,50}\\b(?:fait|parti|envoye|emis|execute|ordonne|lance|realise|passe)',
  future:
    'ser(?:a|ont|ai|ez|ons)|fer(?:a|ont|ai|ez|ons)|ir(?:a|ont)|va|vont|allons|vais|pouvons|pourr\\w*|peut|peux|prevoy\\w*|prevue?s?|programmee?s?|planifie\\w*|devr(?:ait|aient|ons)|doi(?:t|vent)|comptons|compte(?= (?:vous |bien |pouvoir )?(?:pay|regl|vir|sold|faire))|engage\\w*|souhait\\w*|interviendra|suivr(?:a|ont)|part(?:ira|iront|ent)?|a payer|a regler|esper\\w*|recevrez|[a-z]{3,}(?:erons|erai|era|ierons|iera|irons|irai)',
  negation: "n'(?!hesitez)|ne (?!manquer)|pas(?! plus tard| de (?:souci|probleme))|jamais|aucune?|impossible|sans(?! faute)|non",
  condition:
    "si(?! vous (?:avez|souhaitez))|des (?:que|qu'[a-z]{2,5}|reception|l'obtention|validation|la reception)|(?:lorsque|quand)(?! (?:je|nous) (?:[a-z]+ ){0,2}(?:rentr|retour|bureau|maison))|apres (?:reception|validation|livraison|accord|avoir|verification)|a (?:la )?reception|sous reserve|a condition|une fois|(?:faut|doit|doivent) d'abord|d'abord (?:que|il faut)|attendons|j'attends|en attente d[eu]|uniquement|sauf|pourvu",
  asking:
    'pouvons[- ]nous|pourrions[- ]nous|pourriez[- ]vous|puis[- ]je|serait[- ]il|est[- ]il possible|est-ce (?:possible|que)|delai (?:supplementaire|de paiement|jusqu)|report de|sollicit\\w*|demandons (?:un|une)|accepteriez|accord\\s?\\?',
  refund: 'rembours\\w*',
  due: 'du|datee?(?: du)?|en date du|echeance(?: du| au| le| est le)?|echue?s?(?: le| au| depuis le)?|emise? le|date de facture|votre (?:mail|courrier|relance) du',
}
const pl: ClauseWords = {
  joiners: 'i|oraz|a|ale|natomiast|jednak|zas',
  pay: '(?:za|o)?plac\\w*|zaplat\\w*|oplat\\w*|oplac\\w*|platnos\\w*|przele\\w*|przelej\\w*|przelew\\w*|uregul\\w*|regulow\\w*|reguluj\\w*|wplat\\w*|wplac\\w*|rozlicz\\w*|splac\\w*|splat\\w*|srodki|pieniadze|uiszcz\\w*|uisci\\w*|oddam(?:y)?|wyrownan\\w*|wyrownam(?:y)?|(?:na )?panstwa (?:koncie|konto|rachun\\w{1,3})|kwota\\b.{0,30}\\bu panstwa|dokonani\\w*',
  paid: '(?:za|o|w|s)?placon\\w*|(?:za|o|w|s)placil(?:ismy|ysmy|am|em)|oplacilismy|oplacilam|oplacilem|przelalismy|przelalam|przelalem|przelan\\w*|przelano|uregulowan\\w*|uregulowano|uregulowalismy|uregulowalem|uregulowalam|wplacilismy|wplacono|zaplacono|oplacono|(?:przelew|platnosc|wplata)\\b.{0,50}\\b(?:wykonan\\w*|zrealizowan\\w*|wyslan\\w*|zlecon\\w*|wyszedl|poszedl|wyszla|poszla|dokonan\\w*|zostal\\w*)|(?:pieniadze|srodki|przelew|platnosc)\\b.{0,30}\\bwysla(?:lismy|lam|lem|no)|wysla(?:lismy|lam|lem)\\b.{0,20}\\b(?:przelew|pieniadze|srodki|platnosc|eur|euro|zl|pln)|juz (?:wyslan\\w*|poszed\\w*|poszla)|dokonalismy|zleci(?:lismy|lam|lem)|wykona(?:lismy|lam|lem)|zrobi(?:lismy|lam|lem)',
  future:
    'zostan\\w*|bedzie|beda|bedziemy|bede|planuj\\w*|zaplanowan\\w*|zamierz\\w*|mozemy|moge|chc\\w*|powin\\w*|zobowiaz\\w*|deklaruj\\w*|obiecuj\\w*|nastapi|zrobi|zaplaci|przeleje|oplaci|ureguluje|wysle|dokona|wykona|pusci|zleci|ma zostac|spodziew\\w*',
  negation: 'nie(?! pozniej| ma (?:problemu|sprawy))|niemozliw\\w*|bez|zaden|zadnej|nigdy|brak',
  condition:
    'jesli|jezeli|jak sie uda|(?:gdy|kiedy|jak tylko)(?! (?:[a-z]+ )?wroc(?:e|imy)(?![a-z]))|po (?:otrzymaniu|dostarczeniu|wystawieniu|korekcie|wyjasnieniu|zatwierdzeniu|akceptacji)|pod warunkiem|o ile|najpierw\\b.{0,40}\\b(?:musi|trzeba)|czekamy|czekam|oczekujemy|dopiero (?:po|gdy|jak|kiedy)|z zastrzezeniem|chyba ze|w przypadku',
  asking:
    'czy (?:mozemy|mozna|moge|moglibysmy|mozliw\\w*|istnieje)|prosimy o (?:prolongate|odroczenie|przesuniecie|przedluzenie|mozliwosc|wydluzenie|rozlozenie)|prosze o (?:prolongate|odroczenie|przesuniecie|przedluzenie|wydluzenie|rozlozenie)|odrocz\\w*|prolongat\\w*',
  refund: 'zwrot\\w*|zwroc\\w*',
  due: 'z dnia|z|dnia(?= faktury)|wystawion\\w+(?: dnia| w dniu)?|(?<=\\([^()]{0,30})termin(?= )|termin(?:em)? (?:platnosci|zaplaty)(?: to| do| uplynal| uplywa| mija| minal)?|data (?:faktury|wystawienia)|platn\\w+ do',
}
const es: ClauseWords = {
  joiners: 'y|e|pero|mientras|aunque',
  pay: 'pag(?:ar|amos|aremos|are|ara|o|os|ado|ada|ados|adas|aran|ue)|transfer\\w*|transfir\\w*|abon(?:ar|aremos|ado|ada|amos)|liquid\\w*|ingres(?:ar|aremos|ado)|remesa',
  paid: 'pagad[oa]s?|abonad[oa]s?|transferid[oa]s?|liquidad[oa]s?|ingresado|realizad[oa]|efectuad[oa]|pagamos ayer|transferi|transferimos|pague|hicimos|salio',
  future: 'sera|seran|va a|vamos a|voy a|podemos|podre\\w*|prevista?|programad[oa]|[a-z]+(?:aremos|ara|are|aran)|debe\\w*',
  negation: 'no(?! mas tarde)|nunca|sin(?! falta)|ningun\\w*',
  condition: 'si(?! tiene)|cuando|una vez|en cuanto|tras (?:recibir|la recepcion)|siempre que|a condicion|salvo|hasta que',
  asking: 'podemos pagar|podriamos|seria posible|es posible|aplaz\\w*|prorroga|solicit\\w*',
  refund: 'reembols\\w*|devol\\w*',
  due: 'del|de|de fecha|con fecha|vencimiento(?: el| del)?|vencid[oa]s?(?: el)?|emitida el',
}
const it: ClauseWords = {
  joiners: 'e(?! (?:stat\\w|gia|previst\\w|in|un))|ed|ma|mentre|pero',
  pay: 'pag(?:are|heremo|hero|hera|amento|amenti|hiamo|ato|ata|ati|ate)|bonific\\w*|sald(?:are|eremo|ato|ata|iamo)|vers(?:are|eremo|ato|amento)|disposizione di pagamento',
  paid: 'pagat[oaie]|saldat[oaie]|versat[oaie]|bonificat[oa]|effettuat[oaie]|disposto|eseguito|inviato il (?:bonifico|pagamento)',
  future: 'sara|saranno|verra|verranno|possiamo|potremo|previst[oa]|programmat[oa]|[a-z]+(?:eremo|era|ero|eranno)|provvederemo|deve|intend\\w*',
  negation: 'non(?! oltre)|mai|senza|nessun\\w*',
  condition: 'se(?! avete| ha)|quando|una volta|appena|dopo (?:aver|la ricezione|il ricevimento)|a condizione|salvo|solo',
  asking: 'possiamo pagare|potremmo|sarebbe possibile|e possibile|proroga|dilazion\\w*|chiediamo',
  refund: 'rimbors\\w*|restitu\\w*',
  due: "del|dell'|in data|datata|scadenza(?: il| del)?|scadut[ae](?: il)?|emessa il",
}
export const clauseWords: Record<string, ClauseWords> = { nl, en, de, fr, pl, es, it }

/** Money that the debtor waits for itself, in all languages together: "our client settles on 5 June". */
export const incoming =
  /(?<![a-z])(?<!(?:behalf\sof|namens|rekening\svan|namen|auftrag|nom\sde|compte\sde|imieniu)\s)(?:(?:our|my)\s(?:[a-z]{2,10}\s){0,2}(?:clients?|customers?|insurers?|investors?|tenants?|funders?|main\scontractor)\b[^.!?\n]{0,40}(?<![a-z])(?:pays?|paid|settles?|settled|releases?|transfers?)(?!\syou)|(?:pays?|settles?)\s(?:us|me)|(?:payment|money|funds)\sfrom\s(?:our|my|an?)\s(?:[a-z]{2,10}\s)?(?:clients?|customers?|tenants?|insurers?)|betaling\svan\s(?:onze|mijn|een)\s(?:klant|opdrachtgever|huurder)|zahlung\s(?:unseres|von\sunserem|eines)\s(?:kunden|auftraggebers)|paiement\sde\s(?:notre|mon|la\spart\sde)\s|(?:the|our|my)\s(?:[a-z]{2,10}\s)?(?:money|funds|grant|salary|wages|refund|payout)\b[^.!?\n]{0,30}(?<![a-z])(?:reach(?:es)?\s(?:me|us)|lands?|landing|is\sin|comes?\sin)|(?:onze|mijn)\s(?:[a-z]{2,12}\s){0,2}(?:klant(?:en)?|opdrachtgevers?|afnemers?|huurders?|verzekeraar|verzekering)\b[^.!?\n]{0,40}(?<![a-z])(?:betaal[dt]?|betalen|uitkeert|uitbetaalt|overmaakt|betaling)|(?:loon|salaris|uitkering|subsidie|vakantiegeld)\b[^.!?\n]{0,25}(?<![a-z])(?:binnen|gestort|ontvangen?|komt)|(?:krijg(?:en)?|ontvang(?:en)?)\s(?:ik|wij|we)\s(?:[a-z]{2,10}\s){0,3}(?:loon|salaris|geld|uitkering)|(?:unser|mein)(?:e[rnms]?)?\s(?:[a-z]{2,12}\s)?(?:kunden?|auftraggeber(?:in|s)?|bauherrn?|mieter|investor|versicherung|abnehmer)\b[^.!?\n]{0,40}(?<![a-z])(?:zahlt|bezahlt|gezahlt|uberweist|eingeht|kommt|auszahlt|uberwiesen)(?!\s(?:ihnen|sie))|(?:zahlt|uberweist)\suns|kommt\s(?:mein|das|unser)\s(?:gehalt|lohn|geld)|(?:geld|lohn|gehalt|abschlagszahlung|zuschuss|forderung)\b[^.!?\n]{0,40}(?<![a-z])(?:eingeht|eingegangen|bei\suns|da\sist|drauf\sist|bekommen)|(?:mon|ma|notre|nos|mes)\s(?:[a-z]{2,10}\s)?(?:clients?|cliente|donneur\sd'ordre|locataires?|assurance|assureur|bailleur)\b[^.!?\n]{0,40}(?<![a-z])(?:paiera|paie|regle(?:ra)?|verse(?:ra)?|debloque|vire)(?!\svous)|(?:me|nous)\s(?:paie(?:ra)?|regle(?:ra)?|verse(?:ra)?|rembourse(?:ra)?)(?![a-z])|debloque\sles\sfonds|(?:touche(?:rai)?|recois|recevrai|percois)\s(?:mon|ma|mes)|(?:nasz|moj|glown)[a-z]{0,3}\s(?:[a-z]{2,12}\s)?(?:klient|kontrahent|odbiorc|inwestor|zleceniodawc)[a-z]{0,4}\b[^.!?\n]{0,40}(?<![a-z])(?:zaplaci|placi|przeleje|ureguluje|rozliczy)|(?:otrzyma|dosta)[a-z]{1,5}\s(?!panstwo|pan\s|pani\s)(?:[a-z]{2,12}\s){0,2}(?:srodki|pieniadze|zaplate|przelew|wyplate)|(?:wyplat[aey]|emerytur[aey])\s(?:dosta|otrzyma)[a-z]{1,3}|(?:srodki|pieniadze|zaplata)\s(?:[a-z]{2,12}\s){0,2}od\s(?:klienta|inwestora|kontrahenta|odbiorcy)|nuestro\scliente\b[^.!?\n]{0,30}(?<![a-z])(?:pag|cobr)[a-z]{1,4}|(?:il\snostro|nostro)\scliente\b[^.!?\n]{0,30}(?<![a-z])pag[a-z]{1,5})(?![a-z])/

/** Who writes speaks of itself, in all languages together; Polish, Spanish and Italian say it by the verb's ending. */
export const firstPerson =
  /(?<![a-z])(?:i|we|i'[a-z]{1,2}|we'[a-z]{1,2}|our|my|ik|wij|onze|ons|ich|wir|unser[a-z]{0,2}|nous|je|notre|nos|on|nasz[a-z]{0,3}|[a-z]{3,12}my|(?:za|o|w|s)place|ureguluje|przeleje|wplacam?|zlece|zrobie|wykonam|wysle|puszcze|haben sie es|vous l'aurez|you will have|you'll have|nuestr[oa]s?|nostr[oaie]|[a-z]{3,12}(?:emos|amos|iamo|eremo))(?![a-z])|(?<![a-z])j'/
