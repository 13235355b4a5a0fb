import type { DraftLanguage } from './language.ts'

/** Words of a legal step. Folded to lower case; stems, as languages bend them. */
const words: Record<DraftLanguage, RegExp> = {
  en: /\b(?:lawyers?|solicitors?|attorneys?|courts?|lawsuits?|su(?:e|ing)|bailiffs?|legal (?:action|steps|proceedings)|debt collect(?:or|ion)s?|collection agency)\b/iu,
  nl: /incasso|deurwaarder|rechtbank|gerechtelijk|rechtsmaatregel|dagvaard|\badvoca(?:at|ten)\b|juridische stappen|ingebrekestelling/iu,
  fr: /huissier|tribuna(?:l|ux)|contentieux|judiciaire|mise en demeure|\bavocats?\b|poursuites|recouvrement forc/iu,
  de: /inkasso|\bgericht(?:s|lich)?|mahnbescheid|\b(?:rechts)?anw[aä]lt|\bklage(?:n|weg)?\b|rechtliche schritte|vollstreck/iu,
  pl: /\bs[aą]d(?:u|em|owi|ow[aey]\p{L}*)?(?!\p{L})|komornik|windykac|egzekuc|prawnik|adwokat|poz(?:ew|wu|wem)(?!\p{L})|kroki prawne/iu,
}

/** The word by which a text threatens with a legal step, in any language; undefined when none does. No reply holds one, whatever its tone. */
export const findThreat = (text: string): string | undefined =>
  Object.values(words)
    .flatMap(pattern => pattern.exec(text)?.[0] ?? [])
    .at(0)
