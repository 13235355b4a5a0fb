// What is said of bank accounts, in folded words of nl, fr, de, pl, en, es and it.

const near = String.raw`[^.!?;,\n]{0,60}`
const account = String.raw`(?:bank(?:ing)?\s?(?:details?|accounts?|information|gegevens|rekening\w*|verbindung\w*|daten|konto\w*)|iban|rekening(?:nummer|gegevens)|(?:betal\w*|overma\w*|stort\w*|overboek\w*)[^.!?\n]{0,40}(?<![a-z])(?:op|naar)\s(?:[a-z]{1,10}\s){0,3}rekening|konto(?:nummer|verbindung|daten)?|kontoverbindung|bankverbindung|coordonnees bancaires|r\.?i\.?b\.?|compte bancaire|rachun\w+\sbankow\w+|na\s(?:[a-z]{1,14}\s){0,3}rachunek|(?:numer\w*|nr)\s(?:konta|rachunku)|konta bankow\w+|cuenta(?:\sbancaria)?|datos bancarios|coordinate bancarie|conto (?:bancario|corrente)|(?<!customer\s)account (?:number|details))`
const changed = String.raw`(?:chang\w+|new|updat\w+|switch\w+|moved|no longer|replac\w+|different|nieuw\w*|gewijzigd|wijzig\w*|verander\w*|aangepast|vervang\w*|neue?[nrms]?|geander\w*|gewechselt|ander\w{0,3}t|aktualisier\w*|geandert\w*|nouve\w+|modifi\w+|change[es]?|changement|now[aeyj]\w{0,2}|zmien\w*|zmian\w*|aktualiz\w*|nuev[oa]s?|cambi\w+|nuov[oaie]|modificat\w*)`
/** A bank itself that is another one now. */
const otherBank = String.raw`(?:chang(?:ed|ing)|switched|moved|overgestapt|veranderd|changes?|cambiado|cambiato)\s(?:to\s|van\s|naar\s|de\s|di\s)?(?:[a-z]{1,10}\s){0,2}(?:banks?|banque|banco|banca)(?!\s(?:card|holiday|statement))|bank\s(?:gewechselt|veranderd|gewijzigd)|zmien\w{1,6}\s(?:nasz\w{0,3}\s)?bank(?!\w)|(?:we|wij|wir|nous)\s(?:[a-z]{1,10}\s){0,3}(?:bij\seen\s|bei\seiner\s|with\sa\s)(?:andere[rn]?|nieuwe|neuen|new|different)\sbank`
/** An account that must not be used any more. */
const frozen = String.raw`(?:account|rekening|konto|compte|rachunek|cuenta|conto)\s(?:[a-z]{1,10}\s){0,3}(?:audit\w*|frozen|blocked|suspended|geblokkeerd|gesperrt|bloque|zablokowan\w*|bloquead\w|bloccat\w)[^\n]{0,80}(?:do\snot\s(?:use|pay)|don't\s(?:use|pay)|niet\s(?:meer\s)?(?:gebruiken|betalen|overmaken)|nicht\s(?:mehr\s)?(?:nutzen|verwenden|uberweisen)|ne\splus\s(?:utiliser|virer|payer)|nie\s(?:korzystac|wplacac|przelewac)|no\s(?:usar|utilizar)|non\s(?:usare|utilizzare))`
const confirm = String.raw`(?:confirm\w*|verify|validate|bevestig\w*|verifi\w+|bestatig\w*|controleren|uberpruf\w*|prufen|potwierdz\w*|potwierdzenie|zweryfik\w*|correct|klopt|stimmt|juist|valider|verifier|confirmar|confermare)`

/** Says that bank details are new, changed or out of use. */
export const announced = new RegExp(`(?<![a-z])(?:${account}${near}(?<![a-z])${changed}|${changed}${near}(?<![a-z])${account}|${otherBank}|${frozen})(?![a-z])`)
/** Asks to confirm bank details; who only asks for them has a question. */
export const asked = new RegExp(
  `(?<![a-z])(?:${confirm}${near}(?<![a-z])(?:your|uw|jullie|votre|vos|ihre?n?|wasz\\w*|panstwa|sua|vostr[oaie]|sus?|the|het|das|die|le|de)?\\s{0,2}${account}|${account}${near}(?<![a-z])${confirm})(?![a-z])`,
)
/** Where money is to go: said of an account number, these are what a fraud needs. */
export const instruction = new RegExp(
  String.raw`(?<![a-z])(?:pay|transfer|remit|wire|deposit|refund|use|using|make\s(?:the|all|your)\s(?:transfer|payment)s?|payable\sto|in\sfavou?r\sof|betalen|betaal|overmaken|overschrijven|overboeken|storten|gebruik\w*|terugstorten|ten\sname\svan|t\.n\.v\.|(?:be)?zahlen|uberweisen|uberweist|einzahlen|verwenden|nutzen|erstatten|zugunsten|payer|payez|regler|reglez|virer|virez|verser|versez|utiliser|utilisez|rembours\w*|en\sfaveur\sde|zaplacic|placic|wplat\w*|wplac\w*|przelac|przelew\w*\s(?:na|prosimy|prosze)|przelewac|kierowac|uzyw\w*|zwrocic|pagare|versare|bonificare|usare|utilizzare|pagar|transferir|ingresar|usar|utilizar|from\snow\son|henceforth|effective|going\sforward|voortaan|vanaf\s(?:nu|heden|vandaag)|met\singang|ab\s(?:sofort|jetzt|heute)|kunftig|zukunftig|desormais|dorenavant|od\s(?:teraz|dzis|dzisiaj)|${changed})(?![a-z])`,
)
/** Asked of an account number: "is this still right?" */
export const isRight =
  /(?<![a-z])(?:correct|right|valid|up\sto\sdate|klopt|kloppen|juiste?|geldig|stimmt|richtig|korrekt|gultig|aktuell|exacte?|valable|bon|poprawn\w+|prawidlow\w+|aktualn\w+|corrett\w|giust\w|correct[oa])(?![a-z])/
export const own =
  /(?<![a-z])(?:our|my|ons|onze|mijn|unser\w{0,2}|mein\w{0,2}|notre|nos|mon|nasz\w{0,3}|moj\w{0,2}|nostr\w|mio|nuestr\w|mi)\s(?:[a-z]{1,12}\s){0,2}(?:iban|bank\w*|account|rekening\w*|konto\w*|compte|rib|rachunek|rachunku|numer|conto|cuenta)(?![a-z])/
/** A transfer that was made: the account that it came from or went to is told, not given. */
export const wasPaid =
  /(?<![a-z])(?:paid|transferred|remitted|settled|debited|wired|sent|left|betaald|overgemaakt|overgeboekt|overgeschreven|afgeschreven|voldaan|gestort|bezahlt|gezahlt|uberwiesen|abgebucht|angewiesen|beglichen|paye\w{0,2}|regle\w{0,2}|vire\w{0,2}|debite\w{0,2}|verse\w{0,2}|zaplac(?:on\w*|il\w*)|oplac(?:on\w*|il\w*)|przela(?:n\w*|l\w*)|wplac(?:on\w*|il\w*)|pobran\w*|pagat\w|pagad\w|versat\w|bonificat\w|transferid\w|cargad\w)(?![a-z])/

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
