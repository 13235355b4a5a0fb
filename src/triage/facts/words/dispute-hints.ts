import type { DisputeReason } from '../../reading.ts'

/** Words that name a reason only in a mail that disputes; in any other mail they are ordinary. Folded, all languages. */
export const disputeHints: readonly (readonly [DisputeReason, RegExp])[] = [
  [
    'wrong_po',
    /(?<![a-z])(?:(?:p\.?o\.?(?:\s\d+)?|purchase\sorder\w*|inkoop\w*|bestelnummer|bestellnummer|bon\sde\scommande|numer\s\w{0,8}\s?zamowienia|zamowieni\w+)\b[^.!?\n]{0,40}(?<![a-z])(?:closed|other|another|andere[rnms]?|autre|inne\w*|afgesloten|geschlossen|abgeschlossen|cloture|zamkniet\w*|expired|verlopen|pas\sle\sbon|belongs|hoort|gehort))(?![a-z])/,
  ],
  [
    'not_ordered',
    /(?<![a-z])(?:cancel+ed|cancellation|annulee?s?|geannuleerd|storniert\w*|anulowan\w*|terminated|authori[sz]ed|never\sagreed|nobody\s(?:\w+\s){0,4}(?:signed|ordered|approved)|signed\soff|free\strial|opgezegd|opzegging|toestemming|nooit\s(?:een\s)?(?:\w+\s)?(?:getekend|akkoord)|proefperiode|gekundigt|kundigung|(?:nie|nicht|keinen?)\s[^.!?\n]{0,20}(?:erteilt|unterschrieben)|probezeit|probeabo|resili\w+|aucun\w?\s(?:devis|contrat|accord)|essai\sgratuit|wypowiedzi\w+|podpis\w*|probny|bez\s(?:naszej\s)?zgody|unterschrift|keine\sfreigabe)(?![a-z])/,
  ],
  [
    'not_delivered',
    /(?<![a-z])(?:missing\s(?:parts?|pieces|items|goods)|ontbrekende\s\w+|fehlende[nr]?\s(?:teile?|ware|lieferung)|pieces\smanquantes|brakujac\w+|still\s(?:waiting|no\ssign)|wachten\s(?:nog\s)?op\sde\slevering|warten\s(?:noch\s)?auf\sdie\s(?:ware|lieferung))(?![a-z])/,
  ],
  [
    'quantity',
    /(?<![a-z0-9])(?:\d{1,5}\s(?:of\sthe|of|van\sde|von|sur|z|statt|zamiast|instead\sof|in\splaats\svan|au\slieu\sde)\s\d{1,5}|\d{1,5}\s[a-z]{2,14}\s(?:instead\sof|in\splaats\svan|statt|au\slieu\sde|zamiast)\s\d{1,5}|\d{1,5}\s[a-z]{2,14},\s(?:not|niet|nicht|pas|nie|berechnet|billed)\s\d{0,5}|(?:seulement|slechts|only|nur|tylko|maar)\s\d{1,5}|hours|uren|uur\sbij|stunden|schulungstage\w*|heures|godzin\w*|discrepancy|short\sby|tekort|manque|mancano|faltan)(?![a-z0-9])/,
  ],
  [
    'quality',
    /(?<![a-z])(?:bladder\w*|\w*gescheurd|scheur\w*|fissur\w*|fele\w*|rouille\w*|roest\w*|verroste?\w*|(?:za|po)rysowan\w*|pekniet\w*|popekan\w*|zardzewial\w*|rust(?:y|ed)|rotten|verrot|schimmel\w*|verschimmelt|verbogen|verkratzt|zerkratzt|gerissen|rissig|verfarbt|verkleur\w*|raye[es]?s?|tachee?s?|(?:does|do|did)n't\sfit|passt\snicht|past\sniet|nie\spasuje|crack\w*|leak\w*|peel\w*|shocking|disgrace\w*|shoddy|snag\w*|doesn't\swork|not\swork\w*|asked\sfor|scratch\w*|stain\w*|mould\w*|gebroken|lek(?:t|ken|kage)?|slecht\w*|broddelwerk|doet\shet\s[^.!?\n]{0,30}niet|in\splaats\svan\s[a-z]|krassen|sprung|riss\w*|kratzer|undicht|tropft|defekt\w*|funktioniert\s[^.!?\n]{0,20}nicht|geht\snicht|schlecht\w*|nachbesser\w*|malfacons?|fuite\w*|reserves|moisi\w*|ne\sfonctionne|on\savait\sdemande|mal\sfait\w*|wgniec\w*|przeciek\w*|usterk\w*|nie\sdziala|mialy\sbyc|mial\sbyc|smierdzi\w*|zle\swykon\w*|rot[ao]s?|rott[oaie])(?![a-z])/,
  ],
  [
    'price',
    /(?<![a-z])(?:vat|btw|tva|mwst|umsatzsteuer|ust|iva|surcharge|uplift|carriage|delivery\scharge|freight|shipping\scosts?|free\sof\scharge|quot(?:e|ed|ation)|hourly\srate|\w*toeslag|vracht\w*|verzendkosten|offerte|gratis|per\suur|\w*korting\w*|\w*aufschlag|frachtkosten|versandkosten|angebot|stundensatz|\w*rabatt\w*|kostenlos|frais\sde\s(?:port|transport|livraison)|devis|offert[es]?|gratuit\w*|taux|doplat\w*|doliczono|transport\w*|ofert\w+|stawk\w*|\d{1,2}\s?%\s(?:zamiast|statt|instead|au\slieu|in\splaats))(?![a-z])/,
  ],
  ['other', /(?<![a-z])(?:reverse\scharge|verlegd\w*|verleggings\w*|autoliquid\w*|odwrotne\w*\sobciazeni\w*)(?![a-z])/],
  [
    'credit_note_expected',
    /(?<![a-z])(?:crediter\w*|pending\sa\scredit|for\s(?:a\s)?credit|please\scredit|credit\sthe|rectificati\w+|gutgeschrieben|skorygow\w*|avoir)(?![a-z])/,
  ],
]
