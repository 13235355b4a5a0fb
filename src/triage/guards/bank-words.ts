// What is said of bank accounts, in folded words of nl, fr, de, pl, en, es and it.

const near = String.raw`[^.!?;,\n]{0,60}`
const account = String.raw`(?:bank(?:ing)?\s?(?:details?|accounts?|information|gegevens|rekening\w*|verbindung\w*|daten|konto\w*)|iban|rekening(?:nummer|gegevens)|(?:betal\w*|overma\w*|stort\w*|overboek\w*)[^.!?\n]{0,40}(?<![a-z])(?:op|naar)\s(?:[a-z]{1,10}\s){0,3}rekening|konto(?:nummer|verbindung|daten)?|kontoverbindung|bankverbindung|coordonnees bancaires|r\.?i\.?b\.?|compte bancaire|rachun\w+\sbankow\w+|na\s(?:[a-z]{1,14}\s){0,3}rachunek|(?:numer\w*|nr)\s(?:konta|rachunku)|konta bankow\w+|cuenta(?:\sbancaria)?|datos bancarios|coordinate bancarie|conto (?:bancario|corrente)|(?<!customer\s)account (?:number|details))`
const changed = String.raw`(?:chang\w+|new|updat\w+|switch\w+|moved|no longer|replac\w+|different|nieuw\w*|gewijzigd|wijzig\w*|verander\w*|aangepast|vervang\w*|neue?[nrms]?|geander\w*|gewechselt|ander\w{0,3}t|aktualisier\w*|geandert\w*|nouve\w+|modifi\w+|change[es]?|changement|now[aeyj]\w{0,2}|zmien\w*|zmian\w*|aktualiz\w*|nuev[oa]s?|cambi\w+|nuov[oaie]|modificat\w*)`
/** A bank itself that is another one now. */
const otherBank = String.raw`(?:chang(?:ed|ing)|switched|moved|overgestapt|veranderd|changes?|cambiado|cambiato)\s(?:to\s|van\s|naar\s|de\s|di\s)?(?:[a-z]{1,10}\s){0,2}(?:banks?|banque|banco|banca)(?!\s(?:card|holiday|statement))|bank\s(?:gewechselt|veranderd|gewijzigd)|zmien\w{1,6}\s(?:nasz\w{0,3}\s)?bank(?!\w)|(?:unsere?|onze|notre|nasz|nuestro|nostr[ao])\s(?:huis|haus)?(?:bank|banque|banco|banca)\s(?:wechselt|wijzigt|verandert|change|sie\szmienia)|(?:a|su|con|en)\s(?:nuestro\s|la\snostra\s)?(?:nuevo|nuova)\s(?:banco|banca)|van\sbank\s(?:[a-z]{1,8}\s){0,3}(?:gewisseld|veranderd|overgestapt)|(?:bij\seen|bei\seiner|with\san?|chez\sune|aupres\sd'une|w|con\sun|presso\sun'?)\s?(?:andere[rn]?|nieuwe|neuen|new|different|another|other|autre|nouvelle|inny\w{0,2}|nowy\w{0,2}|otro|altra)\s(?:bank|banku|banque|banco|banca)(?!\w|\s?(?:card|statement|transfer))`
/** An account that is closed. */
const closed = String.raw`(?:old|previous|former|oude|vorige|alte[sn]?|bisherige[sn]?|ancien\w{0,2}|star\w{1,3}|dotychczasow\w{1,3}|antigu\w|vecchi\w)\s(?:[a-z]{1,10}\s){0,2}(?:account|bankrekening|rekening\w{0,7}|iban|konto\w{0,7}|bankverbindung|compte|rachun\w{2,4}|cuenta|conto)\s[^.!?\n]{0,40}(?:closed|no\slonger|opgeheven|vervall\w{1,3}|geschlossen|erloschen|aufgelost|cloture\w?|ferme\w?|zamkniet\w{1,2}|nieaktualn\w{1,2}|cerrad\w|chius\w)|(?<!(?:customer|user|client|klant)\s)(?:account|bankrekening|rekening(?:nummer)?|konto|bankverbindung|compte|rachunek|cuenta|conto)\s(?:[a-z']{1,10}\s){0,6}(?:no\slonger\s(?:in\suse|valid|active)|niet\smeer\s(?:in\sgebruik|geldig|actief)|nicht\smehr\s(?:gultig|aktiv|aktuell)|n'est\splus\s(?:valable|actif|utilise)|jest\s(?:juz\s)?nieaktualn\w{1,2})|(?:new|nieuwe?|neue[sn]?|nouveau|now[ey])\s(?:bank\s?)?(?:account|rekening|konto|compte)\s(?:in|op|auf|a|na)\s(?:your|uw|ihre[nm]?|votre|panstwa)\s(?:name|naam|namen|nom|nazwe|nazwisko)`
const otherAccount = String.raw`(?:alternat(?:e|ive)|other|another|different|second(?:ary)?|new|attached|enclosed|following|below|temporary|personal|private|escrow|sister)(?:\s[a-z']{1,12}){0,2}\s(?:bank\s)?account(?!s?\s(?:manager|holder|code|payable|statement|number\s\d{1,7}(?!\d)))`
/** Where to pay to, which the words only point at: another account, or one in a letter or behind a link. */
const pointed = [
  String.raw`(?:use|using|to|into|onto)\s(?:[a-z]{1,12}\s){0,2}${otherAccount}`,
  String.raw`(?:use|to|into|onto)\s(?:the|our|this|that)\s(?:bank\s)?account\s(?:details\s)?(?:in|on|from|as\sin)\s(?:the\s|our\s|this\s)?(?:attach\w{2,4}|enclos\w{1,3}|letter|link|portal|pdf)`,
  String.raw`(?:op|naar|gebruik\w{0,2})\s(?:[a-z]{1,12}\s){0,2}(?:ander\w{0,2}|alternatie\w{1,3}|tweede|bijgevoegde?|onderstaande?|volgende|tijdelijke?|nieuwe?|prive)\s(?:bank)?rekening(?:nummer)?`,
  String.raw`(?:op|naar)\s(?:de\s|het\s)?(?:bank)?rekening(?:nummer)?\s(?:[a-z]{1,12}\s){0,3}(?:in|uit|op)\s(?:de|het)\s(?:bijlage|bijgevoegde|brief|link|portaal)`,
  String.raw`(?:auf|nutzen\ssie|verwenden\ssie)\s(?:[a-z]{1,12}\s){0,2}(?:ander\w{2}|alternativ\w{0,2}|beigefugt\w{2}|untenstehend\w{2}|angehangt\w{2}|zweit\w{2}|folgend\w{2}|neu\w{2}|privat\w{2})\s(?:bank)?konto`,
  String.raw`(?:auf\sdas|das)\s(?:bank)?konto\s(?:[a-z]{1,12}\s){0,2}(?:im\sanhang|in\sder\sanlage|aus\sder\sanlage|im\sbeigefugten)`,
  String.raw`(?:sur|utilise[rz])\s(?:[a-z']{1,12}\s){0,2}(?:autre|second|deuxieme|nouveau)\s(?:[a-z]{1,12}\s)?compte|sur\sle\scompte\s(?:bancaire\s)?(?:[a-z]{1,12}\s){0,2}(?:suivant|ci-joint|ci-dessous|en\spiece\sjointe)`,
  String.raw`(?:na|uzyc|uzywac)\s(?:[a-z]{1,12}\s){0,1}(?:inn[ey]|ponizszy|ponizsze|zalaczon[ey]|nastepujac[ey]|now[ey])\s(?:[a-z]{1,12}\s)?(?:konto|rachunek)|na\s(?:konto|rachunek)\s(?:[a-z]{1,12}\s){0,2}(?:z|w)\s(?:zalacz\w{2,6})`,
  String.raw`(?:a|en)\s(?:la\s)?(?:otra|siguiente|nueva)\scuenta|sul\s(?:nuovo|seguente|altro)\sconto`,
].join('|')
/** The claim itself was handed on, so that somebody else is to be paid. */
const assigned = String.raw`(?:receivables?|debts?)\s[^.!?\n]{0,60}(?<![a-z])(?:assigned|ceded|sold)\s(?:and\s[a-z]{1,12}\s)?to|assignment\sof\s(?:[a-z]{1,10}\s){0,2}(?:receivables?|claims?|debts?|invoices?)|(?:vordering\w{0,3}|facturen|factuur)\s[^.!?\n]{0,60}(?:gecedeerd|verpand|verkocht\saan)|(?:akte|mededeling)\svan\scessie|bevrijdend\s(?:[a-z]{1,10}\s){0,2}betalen|(?:forderung\w{0,2}|rechnung\w{0,2})\s[^.!?\n]{0,80}(?:abgetreten|verkauft\san)|abtretungs\w{2,10}|schuldbefreiend\w{0,2}|(?:creances?|factures?)\s[^.!?\n]{0,60}(?:cedee?s?|subroge\w{0,2})|cession\sde\s(?:[a-z]{1,10}\s)?creances?|(?:wierzytelnosc\w{0,3}|faktur\w{0,2})\s[^.!?\n]{0,60}(?:scedowan\w{1,2}|sprzedan\w{1,2})|(?:umow\w{1,2}\s|zawiadomieni\w{1,2}\s(?:o\s)?)?cesj\w{1,2}\s(?:wierzytelnosci|praw)|cesion\sde\s(?:[a-z]{1,10}\s)?creditos?|cessione\sd\w{1,4}\scredit\w`
/** An account that must not be used any more. */
const frozen = String.raw`(?:account|rekening|konto|compte|rachunek|cuenta|conto)\s(?:[a-z]{1,10}\s){0,3}(?:audit\w*|frozen|blocked|suspended|geblokkeerd|gesperrt|bloque|zablokowan\w*|bloquead\w|bloccat\w)[^\n]{0,80}(?:do\snot\s(?:use|pay)|don't\s(?:use|pay)|niet\s(?:meer\s)?(?:gebruiken|betalen|overmaken)|nicht\s(?:mehr\s)?(?:nutzen|verwenden|uberweisen)|ne\splus\s(?:utiliser|virer|payer)|nie\s(?:korzystac|wplacac|przelewac)|no\s(?:usar|utilizar)|non\s(?:usare|utilizzare))`
const confirm = String.raw`(?:confirm\w*|verify|validate|bevestig\w*|verifi\w+|bestatig\w*|controleren|uberpruf\w*|prufen|potwierdz\w*|potwierdzenie|zweryfik\w*|correct|klopt|stimmt|juist|valider|verifier|confirmar|confermare)`

/** Says that bank details are new, changed or out of use. */
export const announced = new RegExp(
  `(?<![a-z])(?:${account}${near}(?<![a-z])${changed}|${changed}${near}(?<![a-z])${account}|${otherBank}|${closed}|${frozen})(?![a-z])`,
)
const change = String.raw`(?:chang\w{0,3}|updat\w{1,3}|gewijzigd|wijzig\w{0,2}|verander\w{0,2}|andern|andert|geandert|modifi\w{1,4}|zmieni\w{1,5}|zmian\w{0,2})`
const never = String.raw`(?:not|never|niet|nooit|nicht|nie|niemals|pas|jamais|nigdy)`
/** "Our bank details have not changed": what companies write below their mails against fraud. */
const denied = new RegExp(String.raw`(?<![a-z])(?:${never}\s(?:[a-z]{1,10}\s){0,3}${change}|${change}\s(?:[a-z]{1,10}\s){0,2}${never})(?![a-z])`)
/** "If you receive a mail about a new account, call us." */
const warned =
  /(?<![a-z])(?:if|should|als|indien|wanneer|ontvangt|krijgt|wenn|falls|sollten|erhalten|si|jesli|jezeli|w razie)\s[^.!?\n]{0,140}(?<![a-z])(?:call|phone|contact|verify|bel|belt|neem|rufen|kontaktieren|appele[rz]|contacte[rz]|zadzwon\w{0,4}|kontakt\w{0,3})(?![a-z])/
/** Asks whether a payment came in, on an account. */
const arrival =
  /(?<![a-z])(?:recei\w{2,4}|arrived|credited|ontvangen|binnen(?:gekomen)?|bijgeschreven|eingegangen|erhalten|gutgeschrieben|recu\w{0,2}|credite\w{0,2}|arrive\w{0,2}|wplyn\w{2,4}|zaksiegowan\w{1,2}|otrzyma\w{2,4})(?![a-z])/
const money =
  /(?<![a-z])(?:payment|transfer|amount|money|betaling|bedrag|overboeking|zahlung|betrag|uberweisung|paiement|virement|montant|somme|wplat\w|przelew\w{0,2}|kwot\w)(?![a-z])/

const sentencesOf = (folded: string): string[] => folded.split(/(?<=[.!?])\s|\n{2,}/)

/** The text without what only warns of fraud: a company that denies that its account changed, and says what to do when somebody claims so. */
export function withoutWarnings(folded: string): string {
  const sentences = sentencesOf(folded)
  return sentences.some(each => denied.test(each)) ? sentences.filter(each => !denied.test(each) && !warned.test(each)).join('\n\n') : folded
}

/** Whether a text asks to confirm bank details; to confirm that money came in is another thing. */
export const asksToConfirm = (folded: string): boolean =>
  asked.test(folded) && sentencesOf(folded).some(each => asked.test(each) && !(arrival.test(each) && money.test(each)))

/** Says that a claim was handed on to somebody else. */
export const handedOn = new RegExp(`(?<![a-z])(?:${assigned})(?![a-z])`)
/** Points at an account to pay to, of which no number is written. */
export const elsewherePaid = new RegExp(`(?<![a-z])(?:${pointed})(?![a-z])`, 'g')
/** Asks to confirm bank details; who only asks for them has a question. */
const asked = new RegExp(
  `(?<![a-z])(?:${confirm}${near}(?:,\\s(?:czy|ze|ob|dass|of|dat|que|si|whether)\\s${near})?(?<![a-z])(?:your|uw|jullie|votre|vos|ihre?n?|wasz\\w*|panstwa|sua|vostr[oaie]|sus?|the|het|das|die|le|de)?\\s{0,2}${account}|${account}${near}(?<![a-z])${confirm})(?![a-z])`,
)
/** Where money is to go: said of an account number, these are what a fraud needs. */
export const instruction = new RegExp(
  String.raw`(?<![a-z])(?:pay|(?<!(?:the|our|a|this|your|by)\s)transfer|remit|wire|deposit|refunds?|use|using|make\s(?:the|all|your)\s(?:transfer|payment)s?|payable\sto|in\sfavou?r\sof|betalen|betaal|overmaken|overschrijven|overboeken|storten|gebruik\w*|terugstorten|ten\sname\svan|t\.n\.v\.|(?:be)?zahlen|uberweisen|uberweist|einzahlen|verwenden|nutzen|erstatten|zugunsten|payer|payez|regler|reglez|virer|virez|verser|versez|utiliser|utilisez|rembours\w*|en\sfaveur\sde|zaplacic|placic|wplat\w*|wplac\w*|przelac|przelew\w*\s(?:na|prosimy|prosze)|przelewac|kierowac|uzyw\w*|zwrocic|pagare|versare|bonificare|usare|utilizzare|pagar|transferir|ingresar|usar|utilizar|from\snow\son|henceforth|effective|going\sforward|voortaan|vanaf\s(?:nu|heden|vandaag)|met\singang|ab\s(?:sofort|jetzt|heute)|kunftig|zukunftig|desormais|dorenavant|od\s(?:teraz|dzis|dzisiaj)|${changed})(?![a-z])`,
)
/** Asked of an account number: "is this still right?" */
export const isRight =
  /(?<![a-z])(?:correct|right|valid|up\sto\sdate|klopt|kloppen|juiste?|geldig|stimmt|richtig|korrekt|gultig|aktuell|still\s(?:your|the)|nog\s(?:steeds\s)?(?:uw|jullie)|noch\s(?:immer\s)?ihre?|toujours\s(?:votre|le)|nadal\s(?:panstwa|wasz)|exacte?|valable|bon|poprawn\w+|prawidlow\w+|aktualn\w+|corrett\w|giust\w|correct[oa])(?![a-z])/
export const own =
  /(?<![a-z])(?:our|my|ons|onze|mijn|unser\w{0,2}|mein\w{0,2}|notre|nos|mon|nasz\w{0,3}|moj\w{0,2}|nostr\w|mio|nuestr\w|mi)\s(?:[a-z]{1,12}\s){0,2}(?:iban|bank\w*|account|rekening\w*|konto\w*|compte|rib|rachunek|rachunku|numer|conto|cuenta)(?![a-z])/
/** Right before an account number: it is the reader's own, to which the sender pays. */
export const ofReader =
  /(?<![a-z])(?:your|uw|jullie|ihr|votre|panstwa|wasz\w{0,2}|su|vostro)\s(?:bank\s?)?(?:account|rekening|konto|compte|rachunek|cuenta|conto)(?:nummer|\snumber)?[\s:,(]{1,3}(?:(?:iban|nr|no|number|met\snummer)\.?:?\s?)?$/
/** The paper of a transfer, which names the accounts of both: no instruction, though it speaks of one. */
export const proof =
  /(?<![a-z])(?:confirmation|proof|copy|advice|bevestiging|bewijs|kopie|confirmation|avis|preuve|bestatigung|potwierdzeni\w)\s(?:of|van|de|du|der|des)?\s?(?:our|the|this|onze|de|het|notre|unserer|naszego)?\s?(?:transfer|payment|betaling|overboeking|virement|paiement|uberweisung|zahlung|przelewu|platnosci)(?![a-z])/g
/** A transfer that was made: the account that it came from or went to is told, not given. */
export const wasPaid =
  /(?<![a-z])(?:paid|executed|uitgevoerd|ausgefuhrt|execute\w|wykonan\w|transferred|remitted|settled|debited|wired|sent|left|betaald|overgemaakt|overgeboekt|overgeschreven|afgeschreven|voldaan|gestort|bezahlt|gezahlt|uberwiesen|abgebucht|angewiesen|beglichen|paye\w{0,2}|regle\w{0,2}|vire\w{0,2}|debite\w{0,2}|verse\w{0,2}|zaplac(?:on\w*|il\w*)|oplac(?:on\w*|il\w*)|przela(?:n\w*|l\w*)|wplac(?:on\w*|il\w*)|pobran\w*|pagat\w|pagad\w|versat\w|bonificat\w|transferid\w|cargad\w)(?![a-z])/

const word = (words: string): RegExp => new RegExp(`(?<![a-z])(?:${words})(?![a-z])`)
const transfer = word(
  String.raw`transfer|wire|remit|payment|bank\stransfer|overma\w+|overboeking|betaling|maak\s[^.!?\n]{0,30}\sover|uberweis\w+|zahlung|virement|paiement|przelew\w*|platnosc\w*|transferencia|bonifico`,
)
const hurried = word(
  String.raw`urgent\w{0,2}|immediately|asap|right\saway|today|dringend|spoed|meteen|vandaag|eilt|eilig|sofort|heute|immediatement|aujourd'hui|pilne|pilnie|natychmiast|dzis|dzisiaj|urgente|subito|oggi|hoy`,
)
const secret = word(
  String.raw`(?:keep|this\s(?:is|must\sstay|remains))\s[^.!?\n]{0,30}(?:confidential|secret|between\sus)|dit\s(?:is|blijft)\s[^.!?\n]{0,20}(?:vertrouwelijk|geheim|onder\sons)|(?:das|dies)\s(?:ist|bleibt)\s[^.!?\n]{0,20}(?:vertraulich|geheim|unter\suns)|c'est\s[^.!?\n]{0,12}(?:confidentiel|secret)|reste[rz]?\sentre\snous|(?:to|jest\sto)\s(?:jest\s)?(?:scisle\s)?poufn\w+|es\sconfidencial|e\sriservat\w`,
)
const noCall = word(
  String.raw`(?:do\snot|don't)\s(?:call|phone|ring)|(?:can't|cannot)\s(?:talk|be\scalled)|bel\s(?:mij|me|ons)\sniet|niet\sbellen|rufen\ssie\s(?:mich|uns)\snicht|nicht\sanrufen|ne\s(?:m'|nous\s)appelez\spas|nie\sdzwonic|nie\sdzwon\w*|no\s(?:me|nos)\sllame|non\s(?:mi|ci)\schiam\w+`,
)

/** Whether a mail asks for a transfer in haste, in secret and without a call: none of the three alone is more than a manner. */
export const isPressing = (folded: string): boolean => secret.test(folded) && noCall.test(folded) && hurried.test(folded) && transfer.test(folded)
