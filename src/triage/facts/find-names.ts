import type { Span } from './split-clauses.ts'

const title = String.raw`(?:Madame|Monsieur|Mme|Mlle|Frau|Herrn?|Pan(?:i|em|ią|a|u)?|Mevrouw|Mevr|Mijnheer|Meneer|Dhr|De heer|Mr|Mrs|Ms|Miss|Dr|Ing|Signora?|Sra?|Dear|Beste)`
const word = String.raw`\p{Lu}[\p{Ll}'’]{1,24}(?:-\p{Lu}\p{Ll}{1,24})?`
const particle = String.raw`(?:\s(?:van|de|der|den|von|zu|du|le|la|ten|ter|dos|da|di|van der|van den|van de))?`
const fullName = new RegExp(
  String.raw`(?<![\p{L}.@-])(?!${title}(?!\p{L}))${word}${particle}(?:\s(?!${title}(?!\p{L}))${word}){1,2}|(?<=(?<!\p{L})${title}\.?\s)${word}(?![\p{L}@])`,
  'gu',
)
const notName =
  /^(?:In|For|Voor|Bij|En|Pour|Für|Bitte|Please|Kind|Met|Mit|Cordial|Bien|Best|Beste|Geachte|Sehr|Bonjour|W|Dzień|Szanown\p{L}*|Z|Your|My|Mijn|During|Tijdens|I|Ik|Je|If|Out|The|Neem|Contact|Thank|Vielen|Viele|Merci|Wij|We|Our|Onze|Unser\p{L}*|Notre|Nasz\p{L}*|Regards|Accounts|Groet\p{L}*)(?!\p{L})|(?<!\p{L})(?:Januar|Februar|Office|Regards|Accounts|Team|Department|Payable|Finance|Buchhaltung|Crediteuren|GmbH|Gruß|Grüßen|Days?|Street|Straße)(?!\p{L})/u

/** Names of people in a text as written: two or more capitalised words, or one after a title; without the title. */
export function findNames(text: string): (Span & { name: string })[] {
  return [...text.matchAll(fullName)]
    .slice(0, 50)
    .flatMap(match => (notName.test(match[0]) ? [] : [{ start: match.index, end: match.index + match[0].length, name: match[0] }]))
}
