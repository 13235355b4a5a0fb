import type { DraftLanguage } from './language.ts'

/** Words of a legal step. Folded to lower case; stems, as languages bend them. */
const words: Record<DraftLanguage, RegExp> = {
  en: /\b(?:lawyers?|solicitors?|attorneys?|courts?|lawsuits?|su(?:e|ing)|bailiffs?|legal (?:action|steps|proceedings)|debt collect(?:or|ion)s?|collection agency|winding-up|bankruptcy petition|statutory demand|enforcement)\b|\blegal (?:measures|consequences)\b|final (?:notice|warning|demand)|(?:stop|suspend|halt)\w* (?:all )?(?:deliver|suppl)/iu,
  nl: /incasso|deurwaarder|rechtbank|gerechtelijk|rechtsmaatregel|dagvaard|\badvoca(?:at|ten)\b|juridische stappen|ingebrekestelling|faillissement|beslag (?:leggen|laten)|leverings?stop|laatste (?:aanmaning|sommatie|waarschuwing)|levering\p{L}* (?:staken|stopzetten|opschorten)/iu,
  fr: /huissier|tribuna(?:l|ux)|contentieux|judiciaire|mise en demeure|\bavocats?\b|poursuites|recouvrement forc|(?:soci[eé]t[eé]|cabinet|agence) de recouvrement|injonction de payer|assignation|saisie|(?:suspend|bloqu|arr[eê]t)\p{L}* (?:toute |nos |les |vos )*livraison|derni(?:er|ère) (?:avis|rappel|avertissement)/iu,
  de: /inkasso|\bgericht(?:s|lich)?|mahnbescheid|\b(?:rechts)?anw[aä]lt|\bklage(?:n|weg)?\b|rechtliche schritte|vollstreck|pf[aä]nd(?:ung|en)|insolvenzantrag|schufa|letzte (?:mahnung|warnung|aufforderung)|lieferstopp|liefersperre/iu,
  pl: /\bs[aą]d(?:u|em|owi|ow[aey]\p{L}*)?(?!\p{L})|komornik|windykac|egzekuc|prawnik|adwokat|poz(?:ew|wu|wem)(?!\p{L})|kroki prawne|upad[lł]o[sś]|przeds[aą]dow|drog[aęi] s[aą]dow|post[eę]powanie s[aą]dow|\bKRD\b|rejestr\p{L}* d[lł]u[zż]nik|wstrzyma\p{L}* dostaw/iu,
}

/** The word by which a text threatens with a legal step, in any language; undefined when none does. No reply holds one, whatever its tone. */
export const findThreat = (text: string): string | undefined =>
  Object.values(words)
    .flatMap(pattern => pattern.exec(text)?.[0] ?? [])
    .at(0)
