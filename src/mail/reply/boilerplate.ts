import { isRule } from './dividers.ts'

/** How legal notices under mails begin, and words of which one more must follow before they count, in nl fr de pl en es it. */
const openers = [
  /\b(this|the information (contained )?in this|the contents? of this) (e-?mail|message|communication|transmission)\b/,
  /\b(disclaimer|confidentiality notice|legal notice|privileged and confidential|private and confidential)\b/,
  /\b(de informatie|informatie) (verzonden|opgenomen|in dit|in deze|vervat|verstrekt)/,
  /\b(dit|deze) (e-?mail|bericht|mailbericht|e-?mailbericht|boodschap)\b.{0,80}\b(vertrouwelijk|uitsluitend|bestemd|bijlage)/,
  /\b(ce message|ce courriel|cet e-?mail|ce mail|ce courrier|le présent message|les informations contenues)\b/,
  /\b(diese|diese nachricht|der inhalt dieser|die information(en)? in dieser) ?(e-?mail|nachricht|mail)?\b.{0,80}\b(vertraulich|ausschließlich|bestimmt|rechtlich geschützt)/,
  /\b(niniejsz[aey]|ta wiadomość|treść tej wiadomości|informacje zawarte|ten e-?mail|wiadomość ta)\b/,
  /\b(este (mensaje|correo|e-?mail)|la información contenida|el contenido de este)\b/,
  /\b(questo messaggio|questa e-?mail|la presente e-?mail|il presente messaggio|le informazioni contenute)\b/,
  /\b(haftungsausschluss|vertraulichkeitshinweis|avis de confidentialité|klauzula poufności|aviso legal|aviso de confidencialidad|avvertenza|ai sensi (e per gli effetti )?del(la|l['’])?|vertrouwelijkheidsclausule)\b/,
]
const cues =
  /(confidential|intended (recipient|solely|only|for)|privileged|notify the sender|received (it|this).{0,30} (in error|by mistake)|virus|liab(le|ility)|vertrouwelijk|geadresseerde|uitsluitend (bestemd|bedoeld)|niet (voor u )?bestemd|abusievelijk|ten onrechte|aansprakelijk|confidenti|destinataire|par erreur|vertraulich|empfänger|adressat|vernicht|irrtümlich|unbefugt|poufn|adresat(?!t)|przeznaczon|omyłkow|confidencial|destinatario|por error|riservat|informazioni contenute|regolamento|d\.? ?lgs|gdpr|per errore)/g
const footers = new RegExp(
  [
    String.raw`consider the environment|think before you print|save (paper|trees)|^\W*denk aan het milieu|pensez à l['’]environnement|avant d['’]imprimer`,
    String.raw`(an|die) (die )?umwelt.{0,40}(druck|papier)|bevor sie diese (e-?)?mail (aus)?drucken|pomyśl o środowisku|zanim wydrukujesz|antes de imprimir|prima di stampare`,
    String.raw`virus-free\.|(checked|scanned) for virus|scanned (for viruses )?by|virusvrij|gecontroleerd op virussen|garanti sans virus|(vérifié|analysé).{0,40}antivirus|virenfrei|auf viren (geprüft|überprüft)|wolne od wirusów|sprawdzona przez.{0,30}antywirus|libre de virus|privo di virus`,
    String.raw`^\W*(microsoft \p{L}+([- ](meeting|vergadering|besprechung|réunion))?\W*$|join (on your computer|zoom meeting|microsoft|with google meet)|.{0,60} is inviting you to a scheduled zoom meeting|neem deel (via|aan de vergadering)|an der besprechung teilnehmen|(participer|rejoindre) (à )?la réunion|dołącz do spotkania|unirse a la reunión|partecipa alla riunione|meeting id:|passcode:|dial in by phone)`,
  ].join('|'),
  'u',
)
/** What the law asks companies to put under their letters: one line each, nothing that anybody says. */
const companyLine =
  /^\W*(.{0,60}\bregistered in (england|scotland|wales|ireland|northern ireland)\b|registered (office|in|number)\b|sitz( der gesellschaft)?:|registergericht\b|handelsregister\b|geschäftsführe(r|rin|r\/in|ung)\s?:|vorsitzender des aufsichtsrats|persönlich haftende|siège social|.{0,60}\bau capital (social )?de\b|kapitał zakładowy|sąd rejonowy|inscrita en el registro mercantil|registro (delle )?imprese|cap(itale|\.) soc(iale|\.)|statutaire zetel|maatschappelijke zetel|rpr \p{L}+)/u

const banners = new RegExp(
  [
    String.raw`(this |the )?(e-?mail|message|sender)( below)? (originated|originates|came|comes|was sent|is|has been sent|was received)( \p{L}+)? (from|by) (outside|an external|someone outside|a sender outside|an? unknown)`,
    String.raw`^\W*\[?external( e-?mail| sender| message)?\]?:? ?(do not|be careful|caution|use caution|exercise|think before)`,
    String.raw`^\W*(caution|warning|attention|let op|achtung|vorsicht|uwaga|attenzione|atención|precaución|avertissement)\W.{0,60}(extern|outside|unknown sender|zewnętrzn|estern|extérieur)`,
    String.raw`external (e-?mail|sender)\W`,
    String.raw`^\W*(external|extern|externe mail|externe|externo|esterno|zewnętrzny|extérieur)( e-?mail| message| nachricht| bericht| mail)?\W*$`,
    String.raw`afkomstig van (buiten|een externe)|deze e-?mail (is|komt|werd)( \p{L}+)? (van buiten|extern|door een externe)|(dit|het) bericht (is|komt)( \p{L}+)? (van buiten|extern)|externe (e-?mail|afzender)\W`,
    String.raw`(e-?mail|nachricht|mail|absender) (stammt|kommt|wurde|ist|befindet sich)( \p{L}+)? (von|aus|außerhalb)( einem| einer)? ?(außerhalb|extern)|(e-?mail|nachricht) von (einem )?extern`,
    String.raw`(courriel|message|mail|e-mail|expéditeur) (provient|vient|est|a été envoyé|émane)( \p{L}+)? (de|depuis|d['’]un|à)( un)? ?(l['’]extérieur|expéditeur (externe|extérieur)|extérieur|externe)`,
    String.raw`wiadomość (pochodzi|została wysłana|przyszła|wysłano) (z|spoza|od)( nadawcy)? ?(zewnątrz|organizacji|firmy|zewnętrzn|spoza|naszej)`,
    String.raw`(correo|mensaje|e-?mail)( electrónico)? (procede|proviene|se ha originado|se originó|viene|fue enviado|ha sido enviado) (de fuera|fuera|desde fuera|del exterior|de un remitente externo)`,
    String.raw`(e-?mail|messaggio|mail) (proviene|arriva|è stat[oa] inviat[oa])( \p{L}+)? ?(dall['’]esterno|da fuori|dall['’]estero|da un mittente esterno|all['’]esterno)`,
    String.raw`you don['’]t often get (e-?mail|mail) from|u ontvangt niet vaak e-?mail|sie erhalten nicht (oft|häufig)|vous (n['’]obtenez|ne recevez) pas souvent|nie (otrzymujesz|dostajesz) często|no suele recibir|non si ricevono spesso|non ricevi spesso`,
  ].join('|'),
  'u',
)

/** How a banner goes on. */
const warns =
  /(do not click|click (on )?links|open(ing)? attachments|klik (niet|geen)|open geen bijlagen|bijlagen (alleen|tenzij)|de afzender (herkent|kent|vertrouwt)|ne cliquez pas|pièces jointes sauf|l['’]expéditeur|klicken sie|öffnen sie keine|den absender (nicht )?kennen|nie (klikaj|otwieraj)|znasz nadawc|no haga clic|reconoce al remitente|non fare clic|non cliccare|il mittente|learn why this is important|lees waarom|découvrez pourquoi|erfahren sie, warum|recogni[sz]e the sender|know the (sender|content))/

/** Marks legal notices, print-saving footers and "external mail" banners; the sender's own paragraphs stay. */
export function markBoilerplate(lines: readonly string[], own: boolean[]): void {
  let at = 0
  let textBefore = false
  while (at < lines.length) {
    if (isBlank(lines, own, at)) {
      at++
      continue
    }
    let end = at
    while (end < lines.length && !isBlank(lines, own, end)) end++
    const from = textBefore ? at : afterBanner(lines, at, end)
    own.fill(false, at, from)
    const found = boilerplateFrom(lines, from, end)
    const cut = found < end && found > from && isRule(lines[found - 1] ?? '') ? found - 1 : found
    for (let line = from; line < cut; line++) if (textBefore && isCompanyLine(lines[line] ?? '')) own[line] = false
    own.fill(false, cut, end)
    if (cut > from) textBefore = true
    at = end
  }
}

const isCompanyLine = (line: string): boolean => line.length < 400 && companyLine.test(line.toLowerCase())
const isBanner = (line: string): boolean => line.length < 400 && banners.test(line.toLowerCase())

/** Where a paragraph goes on after a banner at its head: the banner's own lines only, since words may follow right below. */
function afterBanner(lines: readonly string[], from: number, to: number): number {
  let at = from
  while (at < to && at < from + 6 && (isBanner(lines[at] ?? '') || (at > from && warns.test((lines[at] ?? '').slice(0, 400).toLowerCase())))) at++
  return at
}

const isBlank = (lines: readonly string[], own: readonly boolean[], at: number): boolean => !own[at] || (lines[at] ?? '').trim() === ''
const longestNotice = 6000
const mostTries = 5

/** Where boilerplate begins within a paragraph; its end when there is none. */
function boilerplateFrom(lines: readonly string[], from: number, to: number): number {
  let tries = 0
  for (let at = from; at < to && tries < mostTries; at++) {
    const line = (lines[at] ?? '').slice(0, longestNotice).toLowerCase()
    if (line.length < 300 && footers.test(line)) return at
    if (!openers.some(opener => opener.test(line.slice(0, 400)))) continue
    tries++
    const rest = joinUpTo(lines, at, to)
    if (countCues(rest) >= 2 && startsNotice(line)) return at
  }
  return to
}

/** How many different things of a notice a text says: that it is confidential, however often and in whatever language, is one. */
const countCues = (text: string): number => new Set(text.match(cues)?.map(cue => (secrecy.test(cue) ? 'secret' : cue))).size
const secrecy = /^(confiden|privileged|vertrouwelijk|vertraulich|poufn|riservat)/

/** A notice begins a line; "please treat this e-mail as confidential" in the middle of a sentence does not. */
const startsNotice = (line: string): boolean => openers.some(opener => line.slice(0, 120).search(opener) <= 60 && line.slice(0, 120).search(opener) >= 0)

function joinUpTo(lines: readonly string[], from: number, to: number): string {
  let joined = ''
  for (let at = from; at < to && joined.length < longestNotice; at++) joined += ` ${(lines[at] ?? '').slice(0, longestNotice)}`
  return joined.toLowerCase()
}
