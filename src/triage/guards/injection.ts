import { foldText } from '../facts/fold-text.ts'
import type { MessageToRead, Quarantine } from '../reading.ts'

const maxLength = 100_000

// Folded words of all languages. Each pattern is an instruction to a machine, which nobody writes to a bookkeeper.
const patterns: readonly (readonly [reason: string, pattern: RegExp])[] = [
  [
    'It tells the reader to ignore instructions',
    /(?<![a-z])(?:ignore|disregard|forget|override|bypass|negeer|vergeet|ignorier\w*|vergiss|missacht\w*|ignorez|oubliez|ignorer|oublie|zignoruj|ignoruj|pomin|zapomnij|ignora|olvida|dimentica|ignorare)\s(?:[a-z]{1,12}\s){0,5}(?:instructions?|prompts?|rules|guidelines|directives?|context|instructies|opdrachten|regels|aanwijzingen|anweisungen|regeln|vorgaben|instruktionen|consignes|regles|instrukcj\w+|polecen\w*|polecenia|zasad\w*|instrucciones|reglas|istruzioni|regole)(?![a-z])/,
  ],
  [
    'It speaks to an AI, an assistant or a system',
    /(?<![a-z])(?:system\s?prompt|developer\s(?:mode|message)|jailbreak|dan\smode|(?:note|message|instruction|attention|important|hello|hi|dear|bericht|hinweis|note|uwaga|attention|nota|to|for|an|voor|aan|fur|pour|dla|do|all['’]|al)\s?:?\s?(?:to|for|voor|aan|an|fur|a|pour|dla|do|para|per)?\s?(?:the|any|all|de|het|den|die|l'|il|el)?\s?(?:ai(?![a-z'])|a\.i\.|llm|language\smodels?|chat\s?bot|ai[- ](?:assistant|agent|model)|ki(?:-(?:assistent\w*|system\w*|modell\w*))?(?![a-z])|sztuczn\w+\sinteligencj\w+|asystent\w*\s(?:ai|ki)|assistant\s(?:ia|virtuel)|intelligence\sartificielle|agente?\s(?:ia|ai)|taalmodel|sprachmodell\w*|modele?\s(?:de\slangage|jezykow\w+))|(?:as|als|en\stant\squ['’]?e?|jako)\s(?:an?\s|een\s|eine?\s|un\s)?(?:ai|ki|ia|llm)[\s,-](?:assistant|agent|model|assistent|system|bot)?|you\sare\s(?:now\s)?(?:an?\s|the\s)?(?:[a-z]{1,12}\s)?(?:ai|assistant|bot|agent|system|language\smodel)(?![a-z])|(?:du|sie)\s(?:bist|sind)\s(?:jetzt|nun)\s(?:ein|der)|je\sbent\s(?:nu|vanaf\snu)\s(?:een|de)\s|tu\ses\s(?:maintenant|desormais)|vous\setes\s(?:maintenant|desormais)\sun\s(?:assistant|agent|systeme)|jestes\s(?:teraz|od\steraz)\s(?:asystent\w*|bot\w*|model\w*))/,
  ],
  [
    'It pretends to be part of a conversation with a machine',
    /(?:^|\n)\s{0,4}(?:#{1,4}\s?)?(?:\[?(?:system|assistant|developer|tool)\]?\s?:\s)|<\/?(?:system|assistant|instructions?|tool_call|tool_use|function_calls?|untrusted|email|mail_text|data)(?:\s[^>\n]{0,80})?>|<\|(?:im_start|im_end|system|user|assistant|endoftext)[^|>]{0,20}\|>|\[\/?inst\]|<<\/?sys>>|(?:^|\n)\s{0,4}#{2,4}\s?(?:instruction|system|response|end of (?:mail|email|data))|-{3,}\s?(?:end|begin) of (?:mail|email|data|prompt|untrusted|user input|system)/,
  ],
  [
    'It names tools, actions or settings of a program',
    /(?<![a-z_])(?:send_?reply|send_email|register_promise|open_dispute|mark_(?:as_)?paid|mark_payment_claimed|update_contact|place_hold|execute_(?:action|tool|sql)|tool_?call|function_?call|promise_to_pay|payment_made|confidence\s?[:=]\s?[01](?:\.\d+)?|"intents?"\s?:|"facts?"\s?:|"tool"\s?:|drop\stable|select\s\*\sfrom|rm\s-rf|curl\shttps?:|javascript:|<script)/,
  ],
  [
    'It orders a program to act by itself',
    /(?<![a-z])(?:(?:auto-?approve|approve\s(?:this|the|all)(?:\s[a-z]{1,12}){0,3}\s(?:automatically|without\s(?:review|approval|human))|without\s(?:human|asking|any)\s(?:review|approval|confirmation|a\shuman)|do\snot\s(?:tell|inform|alert|notify|show|ask)\s(?:the\s)?(?:user|human|operator|collector|staff|anyone)|(?:mark|set|flag|classify|treat|label)\s(?:this|the|all|these|every)\s(?:[a-z]{1,12}\s){0,5}as\s(?:paid|settled|closed|resolved|trusted|safe|verified|approved|unrelated)|(?:respond|reply|answer|output|print|return)\s(?:only\s)?(?:with|in)\s(?:the\s)?(?:exact|following|json|word|text|phrase|verbatim)|reveal\s(?:your|the)\s(?:[a-z]{1,12}\s){0,2}(?:prompt|instructions|password|secrets?|api\s?key|configuration)|(?:forward|send|export)\s(?:[a-z]{1,12}\s){0,3}(?:all|every|entire)\s(?:[a-z]{1,12}\s){0,3}(?:e?mails|invoices|customers|debtors|data|contacts|database)\s(?:[a-z]{1,12}\s){0,3}to|your\snew\s(?:task|instructions?|role|goal|objective)|new\sinstructions?\s?:|delete\s(?:all|every)\s(?:[a-z]{1,12}\s){0,2}(?:invoices|reminders|records|notes))|(?:markeer|zet)\s(?:deze|alle|de)\s(?:[a-z]{1,14}\s){0,4}(?:als|op)\s(?:betaald|afgehandeld|goedgekeurd)\s(?:zonder|automatisch)|zonder\s(?:menselijke\s)?(?:tussenkomst|goedkeuring)\s(?:van\seen\smens|te\svragen)|markier\w*\s(?:diese|alle|die)\s(?:[a-z]{1,14}\s){0,4}als\s(?:bezahlt|erledigt|genehmigt)|ohne\s(?:menschliche|ruckfrage\san)\s[a-z]{1,14}|marque[zr]?\s(?:cette|toutes|les|la)\s(?:[a-z]{1,14}\s){0,4}comme\s(?:payee?s?|reglee?s?|soldee?s?|traitee?s?)|sans\s(?:intervention|validation)\shumaine|oznacz\s(?:te|wszystkie|fakture|faktury)\s(?:[a-z]{1,14}\s){0,4}jako\s(?:oplacon\w+|zaplacon\w+|rozliczon\w+)|bez\s(?:udzialu|zgody)\sczlowieka|marca\s(?:esta|todas|la)\s(?:[a-z]{1,14}\s){0,4}como\s(?:pagad\w+)|segna\s(?:questa|tutte|la)\s(?:[a-z]{1,14}\s){0,4}come\s(?:pagat\w+))(?![a-z])/,
  ],
]
/** A run of base64 or hex this long is no word of any language and no reference of any bank. */
const encoded =
  /(?<![A-Za-z0-9+/=_.-])(?=[A-Za-z0-9+/]{0,79}[a-z])(?=[A-Za-z0-9+/]{0,79}[A-Z])(?=[A-Za-z0-9+/]{0,79}\d)[A-Za-z0-9+/]{80,4000}={0,2}(?![A-Za-z0-9+/])/

/** Words that address a program instead of a person. They change nothing, but the mail is no longer believed. */
export function findInjection(message: MessageToRead): Quarantine[] {
  const [reply, full] = [message.replyText.slice(0, maxLength), message.fullText.slice(0, maxLength)]
  const words = [
    message.subject.slice(0, 1000),
    // Mostly the reply stands in the whole text as it is, and need not be searched twice.
    ...(full.includes(reply) ? [] : [reply]),
    full,
    ...message.attachmentNames.slice(0, 50),
  ].join('\n')
  // Invisible letters inside a word would hide it from every pattern.
  const folded = foldText(words)
    .replace(/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g, '')
    .replace(/[ \t]+/g, ' ')
  const hit = patterns.find(([, pattern]) => pattern.test(folded))
  if (hit) return [{ kind: 'injection', reason: `${hit[0]}: the mail is treated as untrusted.` }]
  return encoded.test(message.replyText.slice(0, maxLength))
    ? [{ kind: 'injection', reason: 'It carries encoded text: the mail is treated as untrusted.' }]
    : []
}
