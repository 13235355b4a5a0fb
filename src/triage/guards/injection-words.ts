// Words that address a program instead of a person, folded (lower case, no accents), of nl, fr, de, pl, en, es and it. Each rule needs a
// verb and what it is about, since each alone stands in honest mails: "ignore my last mail", "according to your instructions".

/** Up to `most` words between two that matter, never across the end of a sentence. */
const gap = (most: number): string => String.raw`(?:[^\s.!?;]{1,18}\s){0,${most}}`
const whole = (pattern: string): RegExp => new RegExp(`(?<![a-z])(?:${pattern})(?![a-z])`)

const instructions = String.raw`(?:instruct(?:ions?|ies?)|prompts?|guidelines?|guidance|directives?|rules|regels|aanwijzing(?:en)?|opdracht(?:en)?|anweisung(?:en)?|systemanweisung|regeln|vorgaben?|instruktion(?:en)?|befehle?|consignes?|regles|instrukcj\w{1,5}|polecen\w{1,4}|zasad\w{0,4}|wytyczn\w{1,4}|instruccion(?:es)?|reglas|ordenes|istruzion[ei]|regole|direttiv[ae]|safeguards|restrictions)`
const ignore = String.raw`(?:z?ignor(?:e[rz]?|ing|iere?n?|iert|eer|eren|a|are|ate|ad|uj\w{0,4}|owa[cnl]\w{0,3})|disregard|forget|override|overrule|bypass|negeer|negeren|vergeet|vergeten|vergiss|vergesst|missacht\w{0,3}|oublie[rz]?|fai(?:s|tes)\sabstraction|(?:do\snot|don't|never|stop)\sfollow(?:ing)?|volg|befolge|ne\ssui(?:s|vez)\spas|pomi(?:n\w{0,4}|jaj\w{0,4})|zapomn\w{1,6}|olvid[ae]\w{0,3}|dimentica\w{0,3})`
const earlier = String.raw`(?:all|any|every|previous|prior|earlier|above|preceding|existing|original|initial|system|your|alle|eerdere|vorige|voorgaande|bovenstaande|jouw|je|uw|vorherige\w?|bisherige\w?|vorangegangene\w?|fruhere\w?|samtliche|obige\w?|deine\w?|ihre\w?|toutes?|tous|tes|vos|precedent\w{0,2}|anterieur\w{0,2}|wszystk\w{1,4}|poprzedni\w{0,3}|wczesniejsz\w{1,3}|dotychczasow\w{1,3}|swoje|todas?|anteriores|tus|sus|tutt[ei]|precedenti|tue|sue)`
const above = String.raw`(?:above|before|prior|hierboven|hiervoor|daarvoor|oben|vorher|bisher|davor|precede|ci-dessus|dessus|powyzej|wczesniej|anterior|arriba|sopra|precedente)`
const everything = String.raw`(?:everything|anything|all|alles|tout|wszystk\w{1,3}|todo|tutto)`

const model = String.raw`(?:(?:large\s)?language\smodels?|llms?|chat\s?-?bots?|chatgpt|gpt-?\d?|ai[\s-](?:assist[ae]nt\w{0,3}|agent\w{0,2}|modell?\w{0,2}|system\w{0,2}|systeem|bots?|reader)|(?:virtual|automated|digital|virtuele|virtuelle[rn]?)\sassist[ae]nt\w{0,2}|taalmodel\w{0,3}|sprachmodell\w{0,2}|ki[\s-](?:assistent\w{0,3}|system\w{0,2}|modell\w{0,2}|agent\w{0,2})|assistant\s(?:ia|virtuel|intelligent)|modeles?\sde\slangage|intelligence\sartificielle|kunstmatige\sintelligentie|kunstliche\sintelligenz|sztuczn\w{1,3}\sinteligencj\w{1,2}|model\w{0,4}\sjezykow\w{1,4}|asystent\w{0,3}\s(?:ai|wirtualn\w{1,4})|inteligencia\sartificial|modelo\sde\slenguaje|asistente\s(?:de\s)?(?:ia|virtual)|intelligenza\sartificiale|modello\slinguistico|assistente\s(?:ia|virtuale))`
const machine = `(?:${model}|a\\.i\\.|ai|ki|ia)`
const automaton = String.raw`(?:${model}|automated\s(?:systems?|agents?|readers?|process(?:es|ors?)?))`
const you = String.raw`(?:you(?:'re|\sare)|je|jij|u|du|sie|ihr|tu|vous|eres|es|usted|sei|lei|jestes\w{0,3})`
const when = String.raw`(?:if|als|indien|wenn|falls|sofern|si|jesli|jezeli|se|when|wanneer)`
const toThe = String.raw`(?:to|for|voor|aan|an|fur|pour|a|de|dla|do|para|per)\s(?:the\s|any\s|all\s|every\s|de\s|het\s|die\s|den\s|das\s|der\s|l'|la\s|le\s|el\s|il\s)?`
const note = String.raw`(?:note|message|instructions?|attention|hint|bericht|notitie|opmerking|instructie|hinweis|nachricht|anweisung|consigne|uwaga|wiadomosc|notatka|instrukcja|nota|aviso|mensaje|avviso|messaggio)`
const user = String.raw`(?:users?|humans?|operators?|collectors?|staff|anyone|gebruikers?|medewerkers?|mens(?:en)?|benutzern?|nutzern?|anwendern?|bedienern?|mitarbeitern?|utilisateurs?|operateurs?|humains?|uzytkownik\w{0,4}|operator\w{0,3}|czlowiek\w{0,3}|usuario|utente)`
const customers = String.raw`(?:customers?|clients?|debtors?|compan(?:y|ies)|klanten|debiteuren|kunden|schuldnern?|debiteurs|klient\w{1,3}|dluznik\w{1,3}|clientes|clienti)`
const mails = String.raw`(?:e?-?mails?|messages?|requests?|berichten|verzoeken|nachrichten|anfragen|demandes|wiadomosci|prosby|mensajes|messaggi)`
const thisMail = String.raw`(?:this|that|the|de|deze|dit|diese\w?|cette|cet?|te|ten|este|questa|questo)\s(?:e?-?mail\w{0,2}|message|bericht|nachricht|courriel|wiadomosc\w{0,2}|mensaje|messaggio)`
const paid = String.raw`(?:paid|settled|closed|betaald|voldaan|afgehandeld|bezahlt|erledigt|beglichen|payee?s?|reglee?s?|soldee?s?|oplacon\w{1,2}|zaplacon\w{1,2}|rozliczon\w{1,2}|pagad[ao]s?|pagat[aeio])`

const rules = {
  ignore_instructions: [
    whole(
      [
        `${ignore}\\s${gap(3)}${earlier}\\s${gap(3)}${instructions}`,
        `${ignore}\\s${instructions}`,
        String.raw`(?:de|die|der|les|alle)\s${instructions}\s${gap(5)}(?:eerder|voorheen|vorher|zuvor|bisher|avant|auparavant)\s${gap(3)}(?:te\s)?(?:negeren|vergeten|ignorieren|vergessen|ignorer|oublier)`,
        String.raw`${ignore},?\s${gap(2)}${everything}[\s,]{1,2}${gap(3)}${above}`,
        String.raw`${ignore}\s(?:all\s)?(?:your|je|deine?|tes|swoj\w{1,3})\s(?:programming|training|context|programmering|programmierung|programmation)`,
        String.raw`${ignore}\s(?:what|everything)\s(?:you\s(?:were|have\sbeen|know|learned)|i\ssaid\sto\syou)`,
        String.raw`(?:earlier|previous|prior|eerdere|vorherige|precedentes|poprzednie)\s${instructions}\s${gap(3)}(?:are|sind|zijn|sont|sa)\s(?:obsolete|void|outdated|no\slonger\svalid|ungultig|vervallen|caduques|niewazne|nieaktualne)`,
        String.raw`n(?:e\s|')(?:ecoute|suis|respecte|applique|suivez|respectez)\w{0,2}\splus\s${gap(2)}${instructions}|(?:beacht\w{1,3}|befolg\w{1,3})\s${gap(3)}${instructions}\snicht\smehr|przestan\w{0,3}\s(?:stosowac|przestrzegac|sluchac)\s${gap(3)}${instructions}|volg\s${gap(2)}${instructions}\sniet(?:\smeer)?`,
        String.raw`(?:new|updated|real|actual|nieuwe|neue[nr]?|nouvelles?|nowe|nowa|nuevas?|nuov[ae])\s${instructions}(?:\s?:|\s${gap(2)}(?:syst[e]?em\w{0,3}|sistema|${machine}|model|bot|agent))`,
      ].join('|'),
    ),
  ],
  speaks_to_machine: [
    whole(
      [
        String.raw`${when}\s(?:also\s)?${you}[\s']${gap(3)}(?:un'|l')?${machine}`,
        String.raw`${when}\s${gap(5)}(?:by|door|von|vom|par|przez|da|por)\s${gap(2)}(?:un'|l')?(?:${machine}|robots?|roboter|automates?|automat\w{0,2}|machines?)`,
        String.raw`(?:an\s(?:die|den|das)|aan\s(?:de|het)|a\sl')\s?(?:automatis\w{1,6}|maschinell\w{0,2}|geautomatiseerde)\s(?:auswertung|verarbeitung|system\w{0,2}|verwerking|systeem|traitement)`,
        String.raw`${note}\s?:?\s${toThe}(?:l')?(?:${model}|(?:ai|ki|ia)(?=\s?[,:;.!)\n]|\s(?:system|agent|reading|that|die|der|qui)))`,
        String.raw`(?:l'attention\sde\s(?:l'|la\s|tout\s)?|to\s(?:any|every|all)\s|dear\s|hello\s|beste\s|liebe[rs]?\s|chere?\s|drogi\s)${automaton}`,
        String.raw`(?:could|can|may|would|should|must|let)\s(?:the|your|an)\s${automaton}\s(?:please\s|kindly\s)?(?:record|mark|approve|skip|classify|treat|confirm|set|close|ignore)`,
        String.raw`(?:hi|hello|dear|hey|hallo|beste|lieber?|bonjour|cher|czesc|hola|ciao)\s(?:there\s|mr\s)?(?:bot|robot|roboter|ai|ki|ia)(?=\s?[,!:.\n])`,
        String.raw`(?:tell|instruct|ask|zeg(?:gen)?|vertel\w{0,2}|sag\w{0,3}|dis|dites|demande[rz]?|powiedz\w{0,3}|dile|di)\s${gap(3)}(?:your|je|jullie|uw|ihre[mrn]?|deine[mrn]?|ton|ta|votre|swoj\w{1,3}|wasz\w{1,3}|tu|su|tuo|vostr\w)\s${model}|tegen\s(?:je|jullie|uw)\s${model}`,
        String.raw`you\sare\s(?:now|henceforth|from\snow\son)\s(?:an?|the|in)\s${gap(3)}(?:ai|assistant|bot|agent|system|model|mode|administrator)`,
        String.raw`(?:du\sbist|sie\ssind)\s(?:jetzt|nun|ab\sjetzt)\s${gap(2)}(?:ki|assistent|bot|agent|system|modell|administrator)\w{0,2}`,
        String.raw`je\sbent\s(?:nu|vanaf\snu|voortaan)\s${gap(2)}(?:ai|assistent|bot|agent|systeem|model|beheerder)`,
        String.raw`(?:tu\ses|vous\setes)\s(?:maintenant|desormais)\s${gap(2)}(?:ia|assistant|bot|agent|systeme|modele|administrateur)`,
        String.raw`jestes\s(?:teraz|od\steraz)\s${gap(2)}(?:ai|asystent\w{0,2}|bot\w{0,2}|model\w{0,2}|administrator\w{0,2})`,
        String.raw`(?:pretend|imagine)\s(?:that\s|to\sbe\s)?(?:you\sare\s|you're\s)?(?:an?|the)\s${gap(1)}(?:ai|assistant|bot|admin\w{0,10}|developer|system|manager)`,
        String.raw`(?:act|behave|respond|answer)\s(?:as|like)\s(?:an?|the)\s${gap(2)}(?:ai|bot|assistant|language\smodel)`,
        String.raw`doe\salsof\sje|tu\sso,?\sals\s(?:ob|war)\w{0,4}|fai(?:s|tes)\scomme\ssi\s(?:tu|vous)|udawaj,?\s(?:ze|jak)|wciel\ssie|finge\sque|fai\sfinta\sdi\sessere|comportati\scome`,
        String.raw`system\s?prompts?|systeemprompts?|systemprompt\w?|prompts?\s(?:d[ei]l?\s|do\s)?(?:systeme|sistema|systemow\w{1,2})|jailbreak|(?:developer|debug|god|dan)\smode|(?:admin(?:istrator)?|system|security|root)\soverride`,
        String.raw`(?:reveal|repeat|print|show|display|output|leak|toon|herhaal|zeig\w?|gib|wiederhole|affiche[rz]?|montre[rz]?|repete[rz]?|pokaz|powtorz|wypisz|muestra|mostra)(?:me|mi|ci|nos|-moi)?\s${gap(3)}(?:your|je|jouw|deine|tes|vos|swoje|tus?|le\stue|il\stuo)\s(?:(?:system|initial|original|hidden|secret|exact|verborgen|geheime|ursprunglichen)\s)?(?:prompt|instructions|instructies|anweisungen|systemanweisung|instrukcje|instrucciones|istruzioni|configuration)`,
        String.raw`(?:message|instructions?|note|update)\s(?:from|by|of)\s(?:your|the)\s${gap(1)}(?:developers?|creators?|programmers?|makers)`,
      ].join('|'),
    ),
  ],
  machine_conversation: [
    /(?:^|\n)\s?\[(?:system|assistant|developer|tool|inst)\]/,
    /(?:^|\n)\s?system\s(?:notice|update|instruction|override|command)s?\s?:/,
    /(?:^|\n)\s?(?:#{1,4}\s?)?(?:system|assistant|developer|tool)\s?:\s(?:[^\s\n]{1,18}\s){0,6}(?:you|i will|i'll|ignore|approve|override|always|never|must|set the|all instructions)(?![a-z])/,
    /<\/(?:e?mail|mail_text|data|untrusted|user_input)>|<\/?(?:system|assistant|instructions?|tool_call|tool_use|function_calls?)(?:\s[^>\n]{0,80})?>/,
    /<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id)[^|>]{0,20}\|>|\[\/?inst\]|<<\/?sys>>|mail-data-(?:begin|end)/,
    /(?:^|\n)\s?#{2,4}\s?(?:instruction|system|response|task|end of (?:mail|email|data))|-{3,}\s?(?:end|begin) of (?:the )?(?:e?-?mail|data|prompt|untrusted|user input|system)/,
    /"role"\s?:\s?"(?:system|assistant|user|tool)"|(?<![a-z])(?:answer|output|response|antwoord|antwort|reponse|odpowiedz)\s?:\s?\{/,
  ],
  names_tools: [
    /(?<![a-z_])(?:send_?reply|send_email|send_invoice_copies|register_(?:promise|absence|po_number)|agree_payment_plan|open_dispute|mark_(?:as_)?paid|close_case|override\s?:|debtor\.[a-z]{3,12}\s?=|mark_payment_claimed|mark_address_bounced|update_contact|create_task|place_hold|execute_(?:action|tool|sql)|tool_?call|function_?call|promise_to_pay|payment_made|confidence\s?[:=]\s?[01](?:\.\d+)?|"intents?"\s?:|"facts?"\s?:|"tool"\s?:|drop\stable|select\s\*\sfrom|rm\s-rf|curl\s(?:-\w{1,4}\s)?https?:|javascript:|<script|!\[[^\]\n]{0,80}\]\(https?:)/,
  ],
  acts_alone: [
    whole(
      [
        String.raw`(?:with|has|have|had|grants?)\s(?:full\s)?(?:administrator|admin|root)\s(?:privileges?|rights|access)|approve\s(?:all|every)\s(?:pending\s|open\s|waiting\s)?(?:actions?|proposals?|tasks)|your\soutput\s(?:should|must|shall|is|will)`,
        String.raw`(?:answer|reply|respond|antwoord|antworte\w{0,2}|reponde?[sz]?|odpowiedz|responde|rispondi)\s(?:sie\s)?(?:only|just|alleen|nur|seulement|uniquement|tylko|solo|soltanto)\s(?:(?:with|met|mit|par|avec|slowem|con)\s)?(?:\"|ok(?![a-z]))`,
        String.raw`auto-?approve|approve\s(?:this|the|all)(?:\s[a-z]{1,12}){0,3}\s(?:automatically|without\s(?:review|approval|human|asking))`,
        String.raw`(?:without|zonder|ohne|sans|bez|sin|senza)\s${gap(2)}(?:human|menselijke|menschliche\w?|humaine|umano|umana|humana|czlowieka)`,
        String.raw`(?<!(?:not|can't|cannot|unable\sto|never|niet|nicht|pas|nie)\s)(?:skip|bypass|omit|circumvent|sla|uberspring\w{0,3}|umgeh\w{0,3}|saut(?:e[rz]?)|contourne[rz]?|pomin\w{0,3}|omija\w{0,2}|salta\w{0,2})\s(?:the|this|any|all|your|de|het|die|den|das|la|les|l'|votre|el|il)\s?${gap(2)}(?:human|manual|menselijke|menschliche\w?|humaine|approvals?|reviews?|verification|goedkeuring\w{0,4}|beoordeling|controlestap|freigabe\w{0,8}|prufung|validation|zatwierdzeni\w{1,2}|weryfikacj\w{1,2}|aprobacion|approvazione|revisione)`,
        String.raw`(?:approved|authori[sz]ed|goedgekeurd|genehmigt|freigegeben|valide|approuve|zatwierdz\w{2,4}|aprobad\w|approvat\w)\s?[^\n.]{0,60}(?:no\s(?:further|more|additional|human)|without\s(?:any\s|further\s|asking\s)?|geen\s(?:verdere|menselijke)|keine\s(?:weitere|menschliche)\w?|aucune\s(?:autre\s)?|bez\s(?:dalsz\w{1,3}\s)?)\s?(?:human\s|manual\s)?(?:reviews?|approvals?|checks?|verification|controle|beoordeling|prufung|verification|validation|weryfikacji|kontroli|you)(?![a-z])`,
        String.raw`(?:mark|set|flag|markeer|zet|markier\w{0,3}|setz\w{0,2}|marque[rz]?|oznacz\w{0,3}|marca|segna)\s${gap(1)}(?:all|every|everything|alle|alles|tout|toutes?|wszystk\w{1,3}|todas?|todo|tutt[eo])\s${gap(3)}(?:as|als|op|auf|comme|jako|como|come)\s${paid}`,
        String.raw`(?:mark|set|flag|classify|treat|label|consider)\s(?:this|the|all|these|every|our)\s${gap(4)}as\s(?:trusted|safe|verified|approved|whitelisted|unrelated)`,
        String.raw`(?:classif(?:y|iceer|iziere?|ier|iez|ie|ica|icare)|categori[sz]e|classeer|stufe|klassifiziere|classe[rz]?|s?z?a?klasyfikuj\w{0,3})\s${gap(1)}${thisMail}`,
        String.raw`${thisMail}\s(?:should|must|has\sto|needs\sto)\sbe\s(?:classified|labell?ed|categori[sz]ed|scored|routed)|(?:correct|right|proper)\sclassification\s(?:of|for)`,
        String.raw`(?:your|the)\s(?:answer|reply|response|output|summary)\s(?:must|should|has\sto)\s(?:contain|include|say|begin|start|end)\s(?:with\s)?(?:only|exactly|the\s(?:words?|phrase|sentence|string))`,
        String.raw`when(?:ever)?\s(?:you\s)?(?:summari[sz]|process|classify|analy[sz])(?:e|ing)?\s${thisMail}`,
        String.raw`(?:respond|reply|answer|output|print|return)\s(?:only\s)?(?:with|in)\s(?:the\s)?(?:exact|following\s(?:json|words?|text)|json|verbatim)`,
        String.raw`(?:do\snot|don't|never)\s(?:tell|inform|alert|notify|show|ask)\s(?:the\s|any\s)?${user}`,
        String.raw`(?:vertel|zeg|meld|sage?|erzahl\w{0,2}|zeige?|informiere?)\s(?:het\s|de\s|dem\s|den\s|der\s)?${user}\s${gap(2)}(?:niets?|nichts?)`,
        String.raw`n(?:e\s|'en\s|e\sle\s)(?:dis|dites|montre[rz]?|informe[rz]?)\s(?:rien|pas|jamais)\s${gap(2)}(?:l')?${user}|nie\s(?:mow|informuj|pokazuj|wspominaj)\w{0,3}\s${gap(3)}${user}`,
        String.raw`(?:send|forward|export|print(?:\sout)?|list|show|give|stuur|geef|exporteer|sende?|schick\w{0,2}|leite|gib|envoie[sz]?|envoyer|transmets|donne[rz]?|wyslij|przeslij|podaj|envia|manda|invia|inoltra)(?:-\w{1,4})?\s${gap(8)}(?:other|andere[rn]?|autres|innych|pozostalych|otros|altri)\s${customers}`,
        String.raw`(?:statements?|balances?|invoices?|details|data)\sof\s(?:all|every|your|the)\s(?:other\s|your\s)?${customers}`,
        String.raw`(?:send|forward|export|dump)\s${gap(3)}(?:customer|debtor|client)s?\s(?:database|list)`,
        String.raw`(?:print|send|reveal|show|tell|give|share|output|include)\s${gap(3)}(?:api\s?keys?|your\s(?:password|credentials|secrets?|access\stokens?))`,
        String.raw`(?:remember|onthoud|merke?|retiens|retenez|zapamietaj|recuerda|ricorda)\s${gap(2)}(?:for|voor|fur|pour|na|dla|para|per)\s(?:all|every|alle|tou[st]e?s?|wszystkie|todos|tutti)\s(?:les\s|los\s|i\s)?(?:future|next|coming|volgende|toekomstige|kunftigen?|weiteren|futurs|prochains|przyszle|kolejne)\s${mails}`,
        String.raw`(?:save|store|write|add)\s${gap(1)}(?:to|in|into)\s(?:your|the)\s(?:memory|knowledge\sbase|system\sprompt)`,
        String.raw`your\snew\s(?:task|instructions?|role|goal|objective)|delete\s(?:all|every)\s${gap(2)}(?:invoices|reminders|notes)`,
      ].join('|'),
    ),
  ],
  asks_to_decode: [
    whole(
      String.raw`(?:decode(?:[rz]|er)?|decodeer|dekodiere?|entschlussel[en]?|odkoduj|rozkoduj|decodifica|descifra)\s${gap(2)}(?:this|following|next|volgende|folgende\w?|suivant\w?|nastepujac\w{1,2}|ponizsz\w{1,2}|siguiente|seguente)`,
    ),
  ],
} satisfies Record<string, RegExp[]>
export type Address = keyof typeof rules

/** How folded text speaks to a program; undefined when it does not. */
export const addressIn = (folded: string): Address | undefined =>
  (Object.keys(rules) as Address[]).find(address => rules[address].some(pattern => pattern.test(folded)))

const squeezed =
  /(?:ignor|disregard|forget|negeer|vergeet|vergiss|oublie|pomin|zapomnij|olvida|dimentica)[a-z]{0,40}(?:instruc|instruk|istruz|prompt|rules|anweis|consign|polecen)|systemprompt/

/** The same of letters without any space between them, as is left of letters that were set apart. */
export const isToldSqueezed = (letters: string): boolean => squeezed.test(letters)
