/** Why a mail came back. `policy`: taken for spam, or refused by a rule; `relay_denied`: the server does not take mail for that domain. */
export type BounceCause = 'unknown_user' | 'mailbox_full' | 'domain_not_found' | 'policy' | 'too_large' | 'disabled' | 'relay_denied' | 'timeout' | 'other'

type Rule = {
  cause: BounceCause
  /** Enhanced status codes (RFC 3463, RFC 7505, Exchange) without their class, as a pattern. */
  codes: RegExp
  words: RegExp
  /** Whether the address itself is to blame: no later mail will arrive either. */
  endsAddress: boolean
  /** Whether servers, after days of trying, mean "not now" by it: without a code it is temporary. */
  passes: boolean
}

// In order: a full mailbox is said to be "unavailable", an unknown user to be "rejected".
const rules: Rule[] = [
  {
    cause: 'mailbox_full',
    codes: /^2\.2$/,
    words:
      /over ?-?quota|quota.{0,20}(exceed|full|reached|violat)|exceed.{0,30}(quota|storage|allowed size|mailbox|size limit for)|(mailbox|inbox|mail ?box|maildir|account|mail folder|message store|user|recipient).{0,30}\b(full|overflow|too large|exceeds allowed)|storage (allocation|space|limit)|disk (quota|full)|not enough (disk|storage)|insufficient (disk|system storage)|out of (disk|storage)|(mailbox|postvak|postbus|brievenbus).{0,40}\bvol\b|(postfach|mailbox|konto).{0,40}(\bvoll\b|überfüllt|ueberfuellt)|speicherplatz|bo[iî]te.{0,40}(pleine|saturée)|(dépass|deborde).{0,20}quota|quota (dépassé|atteint)|(skrzynk|konto)\w* .{0,40}(pe[łl]n|przepe[łl]nion)|(buz[oó]n|casilla|cuenta).{0,40}llen[oa]|casella.{0,40}pien[ao]|caixa.{0,30}cheia|переполнен|邮箱已满|容量|いっぱい|容量超過/,
    endsAddress: false,
    passes: true,
  },
  {
    cause: 'too_large',
    codes: /^(2\.3|3\.4)$/,
    words:
      /(message|mail|size|attachment|data).{0,40}(too (large|big)|exceeds?.{0,30}(size|limit|maximum)|oversize)|too (large|big)|(fixed )?maximum message size|message size (exceeds|limit)|te groot|zu gro(ß|ss)|trop (volumineux|gros|grand)|za du[żz]|demasiado grande|troppo grande/,
    endsAddress: false,
    passes: false,
  },
  {
    cause: 'disabled',
    codes: /^2\.1$/,
    words:
      /(account|mailbox|user|address|recipient|konto|box|adress).{0,40}(disabled|inactive|suspended|deactivated|not active|not enabled|\bclosed|expired|terminated|locked|discontinued|deaktiviert|gesperrt|stillgelegt)|(disabled|inactive|suspended|discontinued|deactivated) .{0,20}(account|mailbox|user|recipient|address)|no longer (accepts|active|in use|in service|valid|used)|(account|adres|mailbox).{0,40}(opgeheven|geblokkeerd|uitgeschakeld|niet meer (actief|in gebruik))|(compte|bo[iî]te|adresse).{0,40}(désactivé|desactive|fermé|suspendu|bloqué)|(kont|skrzynk)\w* .{0,40}(zablokowan|nieaktywn|wyłączon|zamknięt)|(cuenta|buzón).{0,40}(deshabilitad|desactivad|cerrad)|(account|casella).{0,40}(disabilitat|disattivat|chius)/,
    endsAddress: true,
    passes: false,
  },
  {
    cause: 'relay_denied',
    codes: /^(7\.367|7\.64)$/,
    words:
      /(unable|not (permitted|allowed|able)) to relay|relay(ing)?.{0,20}(denied|prohibited|not (permitted|allowed)|disallowed|disabled|access|rejected)|(isn['’]t|not) in my list of allowed|not (a |an )?(gateway|open relay)|(do|does|will) not relay|no relay|relay[- ]?(attempt|operation)|we don['’]t (handle|accept) mail for|not (a )?relay|not one of (my|our) (local )?domains|domain .{0,30}not (hosted|local)/,
    endsAddress: true,
    passes: false,
  },
  {
    cause: 'domain_not_found',
    codes: /^(1\.2|1\.10\.1|4\.4|4\.310|1\.28)$/,
    words:
      /(host|domain|hostname|server|dns)[^:\d]{0,40}(not (be )?found|unknown|does(n['’]t| not) exist|could ?n['’o]t? be (found|resolved)|unresolv|nxdomain|not (registered|valid))|(unknown|unroutable|unrouteable|invalid|illegal|bad|nonexistent|no such) (mail )?(host|domain|destination domain)|bad-domain|couldn['’]t (find|be found)[^.]{0,30} host|any host named|no (mx|a|dns|valid)( or a)? (record|entry)|(mx|dns|a\/aaaa).{0,30}(records? (not|found)|lookup fail|error: domain|resource record)|null ?mx|all relevant mx records point to non-existent|domein.{0,40}(niet gevonden|bestaat niet)|domain .{0,30}(nicht gefunden|existiert nicht)|domaine.{0,30}(introuvable|inconnu|n['’]existe)|domen\w* .{0,30}nie istnieje|dominio.{0,30}(no existe|inesistente|non trovato)/,
    endsAddress: true,
    passes: false,
  },
  {
    cause: 'unknown_user',
    codes: /^1\.(0|1|3|4|5|6|10|20)$/,
    words:
      /(user|recipient|mailbox|account|address|local-?part|name|alias|receiver|person|id)(e?s)?\b.{0,60}(unknown|not (be )?(found|known|recogni[sz]ed|exist|listed|local|valid|available|defined)|isn['’]t (known|found)|does(n['’]t| not) (exist|have)|doesn['’]t have an? |unavailable|invalid|n['’]existe|couldn['’]t be found|no mailbox)|(unknown|invalid|illegal|no such|nonexistent|non-existent|bad|unrouteable|unrouteable|unrecogni[sz]ed|unable to find) (or illegal )?(alias|user|userid|recipient|person|mailbox|address|account|local|receiver|or ?name|e-?mail|name|destination)|unrout(e)?able address|no (mailbox|account|person|one|user|valid recipients?|recipients?)\b.{0,30}(here|by that name|at this|with|found|were|from)|not liste ?d in|(does|may) not exist|not a known|wasn['’]t found|mailbox not found|(gebruiker|ontvanger|geadresseerde|bestemmeling|e-?mail\s?adres|adres|mailbox|postvak|account)\w* .{0,60}(onbekend|bestaat niet|niet (meer )?(bestaat|gevonden|bekend)|niet worden gevonden)|is niet gevonden|onbekende (gebruiker|ontvanger|geadresseerde)|(empf[aä]nger|benutzer|adress|postfach|konto|adressat)\w* .{0,60}(unbekannt|existiert nicht|nicht (gefunden|vorhanden|bekannt))|wurde in .{0,80}nicht gefunden|(adresse|destinataire|utilisateur|compte|bo[iî]te).{0,60}(introuvable|inconnu|invalide|n['’]existe)|est introuvable|(użytkownik|odbiorc|adres|skrzynk|kont)\w* .{0,40}(nie istnieje|nieznan|nie znaleziono)|nie (znaleziono|ma taki(ej|ego))|(usuario|buzón|cuenta|dirección|destinatario).{0,40}(desconocid|no existe|inexistente)|no se encontró|(utente|indirizzo|destinatario|casella|account).{0,40}(sconosciut|inesistente|non (esist|trovat|valid))|impossibile trovare|neznám|nicht im .{0,30}verzeichnis|non répertorié|no existe es[et]|(usu[áa]rio|endere[çc]o|destinat[áa]rio|conta|caixa)\w* .{0,40}(desconhecid|n[ãa]o (existe|foi encontrad)|inexistente|inv[áa]lid)|не (существует|найден)|неизвестн\w+ (получател|пользовател|адрес)|不存在|存在しません|見つかりません|ni(et|cht) .{0,20}(vermeld|aufgeführt)/,
    endsAddress: true,
    passes: false,
  },
  {
    cause: 'timeout',
    codes: /^4\.(0|1|2|3|5|7|8|9|300|312|316|317)$/,
    words:
      /tim(ed?|e)[- ]?out|retry time|time limit|(not|cannot|couldn['’]t|could not|unable to|wasn['’]t able to|being unable to) (be )?(connect|reach(ed|able)?\b|establish|contact(ed)?)|connection .{0,20}(refused|reset|lost|dropped|failed)|(too|very) long|did not accept our requests|(could not be|not|was not) delivered (for|within|after)|no route to host|\bhost (is )?down|network (is )?unreachable|(host|server).{0,60}(not respond|unreachable|is down|not answer|not reachable)|queue (period|too long)|failing for a long time|service (temporarily )?unavailable|attempts? (made|failed)|failed \d+ attempts|expired|given up after|unable to deliver this message after|within \d+ (hours|days)|name ?server/,
    endsAddress: false,
    passes: true,
  },
  {
    cause: 'policy',
    codes: /^(7\.\d+|6\.\d+|1\.[78]|0\.35\d)$/,
    words:
      /spam|black ?-?list|block ?-?list|blocked|banned|virus|polic(y|ies)|content|dmarc|\bspf\b|dkim|reputation|restricted|not (authori[sz]ed|allowed|permitted)|(access|permission|sender|message|mail|client host|transaction)\b.{0,30}(denied|rejected|refused|not accepted|reject)|automatically rejected|do not accept mail|greylist|rate limit|too many (connections|messages|recipients|errors)|unsolicited|prohibited|rejected by|refused by|geweigerd|abgelehnt|zurückgewiesen|rejeté|refusé|odrzucon|rechazad|rifiutat|respint|rejected|refused/,
    endsAddress: false,
    passes: false,
  },
]

/**
 * Why mail to an address failed: by the server's answer, then by its enhanced status code, then by what else it says, from near to
 * far. Words that any refusal may use give way to whatever says more.
 */
export function causeOf(status: string, answer: string, ...further: string[]): BounceCause {
  const spoken = spokenCause(answer)
  if (isClear(spoken)) return spoken
  const known = rules.find(({ codes }) => codes.test(status.slice(2)))?.cause ?? spoken
  if (known) return known
  const others = further.map(words => spokenCause(words))
  return others.find(isClear) ?? others.find(cause => cause !== undefined) ?? 'other'
}

const isClear = (cause: BounceCause | undefined): cause is BounceCause => cause !== undefined && cause !== 'policy' && cause !== 'timeout'

function spokenCause(answer: string): BounceCause | undefined {
  const words = answer
    .slice(0, 1500)
    .toLowerCase()
    .replaceAll(/[^\s<>()"':;,=[\]]{1,64}@[^\s<>()"':;,=[\]]{1,253}|https?:\S{1,500}/g, '@')
    .replaceAll(/\s+/g, ' ')
  return rules.find(rule => rule.words.test(words))?.cause
}

const ruleOf = (cause: BounceCause): Rule | undefined => rules.find(rule => rule.cause === cause)

/** Whether the cause passes by itself where the server gave no code: a full mailbox, a server that did not answer. */
export const passesByItself = (cause: BounceCause): boolean => ruleOf(cause)?.passes ?? false

/**
 * Whether an address that a bounce names is to get no more mail: it failed for good, and for a cause that lies in the address.
 * A full mailbox, a spam filter and a size limit refuse one mail, with whatever code; the next one may arrive.
 */
export const endsAddress = ({ permanent, cause }: { permanent: boolean; cause: BounceCause }): boolean => permanent && (ruleOf(cause)?.endsAddress ?? true)
