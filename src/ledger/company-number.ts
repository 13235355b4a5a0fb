import { stdnum, type Validator } from 'stdnum'

/** What is wrong with a number, for who says it in their own language. */
export type NumberFault = 'empty' | 'country' | 'check_digit' | 'court' | 'branch' | 'form'
type Invalid = { problem: string; fault: NumberFault }

export type CompanyNumber = { number: string; court?: string } | Invalid

/**
 * A company's registration number, normalised by the rule of its country (two letters, ISO 3166-1): BE KBO, FR SIREN or SIRET,
 * NL KvK, DE register number with its court, PL NIP, KRS or REGON, GB company number, AT FN, CH UID, LU RCS and others.
 */
export function checkCompanyNumber(country: string | null | undefined, given: string): CompanyNumber {
  const text = given.trim()
  if (text === '') return { problem: 'the number is empty', fault: 'empty' }
  if (!country) return { problem: 'the country is not known, so the number cannot be checked', fault: 'country' }
  const rule = ownRules[country]
  if (rule) return rule(text)
  const checks = standardRules[country]
  return checks ? firstValid(country, 'company', text, checks) : uncheckable(text)
}

/** A VAT number with its country prefix, checked by the rule of its country; `country` is used when the number names none. */
export function checkVatNumber(country: string | null | undefined, given: string): { number: string } | Invalid {
  const text = compact(given)
  const named = /^[A-Z]{2}/.exec(text)?.[0]
  // Switzerland writes CHE, Greece EL, Northern Ireland XI.
  const prefix = named && (vatRules[named] || vatAliases[named]) ? named : undefined
  const code = vatAliases[prefix ?? ''] ?? prefix ?? country ?? ''
  const check = vatRules[code]
  if (!check) return { problem: code === '' ? 'the number names no country' : `there is no VAT rule for ${code}`, fault: 'country' }
  const result = check.validate(text)
  if (!result.isValid) return invalid(`VAT number of ${code}`, [result.error])
  const bare = result.compact.replace(/[^A-Z0-9]/gi, '').toUpperCase()
  const written = prefix ?? (code === 'GR' ? 'EL' : code)
  return { number: bare.startsWith(written) ? bare : `${written}${bare}` }
}

const vatAliases: Record<string, string> = { EL: 'GR', XI: 'GB' }
const { AT, BE, BG, CH, CY, CZ, DE, DK, EE, ES, FI, FR, GB, GR, HR, HU, IE, IT, LT, LU, LV, MT, NL, NO, PL, PT, RO, SE, SI, SK } = stdnum
const vatRules: Record<string, Validator | undefined> = {
  AT: AT?.uid,
  BE: BE?.vat,
  BG: BG?.vat,
  CH: CH?.vat,
  CY: CY?.vat,
  CZ: CZ?.dic,
  DE: DE?.vat,
  DK: DK?.cvr,
  EE: EE?.kmkr,
  ES: ES?.nif,
  FI: FI?.alv,
  FR: FR?.tva,
  GB: GB?.vat,
  GR: GR?.vat,
  HR: HR?.oib,
  HU: HU?.anum,
  IE: IE?.vat,
  IT: IT?.iva,
  LT: LT?.pvm,
  LU: LU?.tva,
  LV: LV?.pvn,
  MT: MT?.vat,
  NL: NL?.btw,
  NO: NO?.mva,
  PL: PL?.nip,
  PT: PT?.nif,
  RO: RO?.cui,
  SE: SE?.vat,
  SI: SI?.ddv,
  SK: SK?.dph,
} // prettier-ignore

const standardRules: Record<string, (Validator | undefined)[]> = {
  AT: [AT?.businessid],
  BE: [BE?.vat],
  BG: [BG?.vat],
  CH: [CH?.uid],
  CZ: [CZ?.ico, CZ?.dic],
  DK: [DK?.cvr],
  EE: [EE?.registrikood],
  ES: [ES?.cif, ES?.nif],
  FI: [FI?.ytunnus],
  HR: [HR?.oib],
  IT: [IT?.iva, IT?.codicefiscale],
  LT: [LT?.pvm],
  LV: [LV?.pvn],
  NO: [NO?.orgnr],
  PT: [PT?.nipc, PT?.nif],
  RO: [RO?.cui],
  SE: [SE?.orgnr],
  SK: [SK?.rc, SK?.dph],
} // prettier-ignore

const ownRules: Record<string, (given: string) => CompanyNumber> = {
  NL: given => {
    const digits = given.replace(/^\s*(?:kvk|k\.v\.k\.)[\s:-]*(?:nr|nummer)?[.:\s]*/i, '').replace(/[\s.]/g, '')
    // No check digit exists. A number that lost its leading zero is not repaired: one digit short may be any typing error.
    if (/^\d{8}$/.test(digits)) return { number: digits }
    if (/^\d{12}$/.test(digits)) return { problem: 'this is a branch number (12 digits); the KvK number has 8', fault: 'branch' }
    return { problem: 'a KvK number has 8 digits, leading zeros included', fault: 'form' }
  },
  FR: given => {
    const digits = compact(given)
      .replace(/^(?:SIRET|SIREN|RCS)/, '')
      .replace(/^FR[0-9A-Z]{2}(?=\d{9}$)/, '') // the VAT number ends in the SIREN
    const check = digits.length === 14 ? FR?.siret : FR?.siren
    const result = /^\d{9}$|^\d{14}$/.test(digits) ? check?.validate(digits) : undefined
    return result?.isValid ? { number: digits } : invalid('SIREN (9 digits) or SIRET (14 digits)', [result?.error])
  },
  DE: germanNumber,
  PL: polishNumber,
  GB: given => {
    const text = compact(given)
    if (/^\d{1,8}$/.test(text) && Number(text) > 0) return { number: text.padStart(8, '0') }
    const [, prefix, digits = ''] =
      /^(SC|NI|OC|SO|NC|LP|SL|NL|FC|SF|NF|OE|GE|GN|GS|IP|SP|NP|NO|RC|SR|NR|RS|ZC|SZ|CE|CS|PC|AC|SA|NA|NZ|SI|ES|R)(\d{1,7})$/.exec(text) ?? []
    const width = prefix ? 8 - prefix.length : 0
    if (prefix && digits.length <= width && Number(digits) > 0) return { number: `${prefix}${digits.padStart(width, '0')}` }
    return { problem: 'a company number has 8 digits, or a prefix such as SC, NI or OC and 6 digits', fault: 'form' }
  },
  LU: given => {
    const text = compact(given).replace(/^(?:RCS)?(?:LUXEMBOURG)?/, '')
    return /^[A-K]\d{1,6}$/.test(text) ? { number: text } : { problem: 'an RCS number is a letter and up to 6 digits, such as B12345', fault: 'form' }
  },
}

/** A German register number means nothing without its court: every court counts from one. */
function germanNumber(given: string): CompanyNumber {
  const text = given.normalize('NFC').replace(/\s+/g, ' ').trim()
  const match = /\b(HR ?A|HR ?B|GnR|PR|VR)[ .:]*(?:Nr\.?|Nummer)?[ .:]*(\d{1,7})(?: ?([A-Z]{1,3})\b(?!\p{Ll}))?/iu.exec(text)
  if (!match) return { problem: 'a register number is HRA or HRB and a number, with its court: HRB 12345, Amtsgericht Köln', fault: 'form' }
  const [whole, register = '', digits = '', suffix] = match
  const isSuffix = suffix !== undefined && suffix === suffix.toUpperCase()
  const rest = text.replace(isSuffix ? whole : whole.slice(0, whole.length - (suffix?.length ?? 0)), ' ')
  const court = rest
    .replace(/\b(?:Amtsgericht|Registergericht|Handelsregister|AG|beim|des|der|von)\b[.:]?/giu, ' ')
    .replace(/[,;:()/]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim() // prettier-ignore
  if (court === '') return { problem: 'the court is missing: a register number is unique only together with it (HRB 12345, Amtsgericht Köln)', fault: 'court' }
  const kind = register.replace(' ', '').toUpperCase()
  return { number: `${kind === 'GNR' ? 'GnR' : kind} ${Number(digits)}${isSuffix ? ` ${suffix}` : ''}`, court }
}

/** NIP and KRS both have ten digits: a KRS number starts with zeros, which no NIP does. */
function polishNumber(given: string): CompanyNumber {
  const text = compact(given)
  const named = /^(KRS|NIP|REGON)/.exec(text)?.[0]
  const digits = text.replace(/^(?:KRS|NIP|REGON)/, '').replace(/^PL/, '')
  if (/^\d{10}$/.test(digits) && (named === 'KRS' || (!named && digits.startsWith('000')))) return { number: digits }
  const check = named === 'REGON' || (!named && digits.length !== 10) ? PL?.regon : PL?.nip
  const result = named === 'KRS' ? undefined : check?.validate(digits)
  return result?.isValid ? { number: digits } : invalid('NIP (10 digits), KRS (10 digits) or REGON (9 or 14 digits)', [result?.error])
}

function firstValid(country: string, what: string, given: string, checks: (Validator | undefined)[]): CompanyNumber {
  const results = checks.map(check => check?.validate(given))
  const result = results.find(each => each?.isValid)
  if (result?.isValid) return { number: result.compact.toUpperCase() }
  return invalid(
    `${what} number of ${country}`,
    results.map(each => each?.error),
  )
}

/** A number of the right length whose check digit does not fit was most likely mistyped: that is worth saying. */
function invalid(what: string, errors: (Error | undefined)[]): Invalid {
  const isMistyped = errors.some(error => error?.name === 'InvalidChecksum')
  return isMistyped ? { problem: `not a valid ${what}: the check digit is wrong`, fault: 'check_digit' } : { problem: `not a valid ${what}`, fault: 'form' }
}

/** For a country without a rule: letters and digits are kept as they are. */
function uncheckable(given: string): CompanyNumber {
  const number = compact(given)
  return number.length >= 4 ? { number } : { problem: 'the number is too short to be one', fault: 'form' }
}

const compact = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')
