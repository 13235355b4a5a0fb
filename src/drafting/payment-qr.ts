import qrcode from 'qrcode'
import { Prisma } from '#platform'

/** `reference`: an RF reference (ISO 11649). `text`: what else tells what is paid; only the one or the other stands in a code. */
export type Transfer = {
  name: string
  iban: string
  bic?: string | undefined
  /** A decimal string. */
  amount: string
  currency: string
  reference?: string | undefined
  text?: string | undefined
}

// The countries and territories of SEPA by the beginning of their IBANs (European Payments Council, EPC409-09).
const sepa = new Set('AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA'.split(' '))
const [longestName, longestText] = [70, 140]
const most = new Prisma.Decimal('999999999.99')

/**
 * What the QR code of a SEPA credit transfer says (EPC069-12, version 002 in UTF-8); undefined where it cannot say it: another currency than
 * euros, an account outside SEPA, no amount that a transfer can have, or more text than it holds.
 */
export function transferText({ name, iban, bic = '', amount, currency, reference, text = '' }: Transfer): string | undefined {
  const sum = new Prisma.Decimal(amount)
  const account = iban.replaceAll(/\s/g, '').toUpperCase()
  const isPayable = sum.gte('0.01') && sum.lte(most) && sum.decimalPlaces() <= 2
  if (currency !== 'EUR' || !sepa.has(account.slice(0, 2)) || !isPayable || text.length > longestText) return undefined
  const lines = ['BCD', '002', '1', 'SCT', bic, oneLine(name).slice(0, longestName).trim(), account, `EUR${sum.toFixed(2)}`, '']
  // Nothing follows the last one that says something, no line feed either.
  return [...lines, ...(reference ? [reference] : text ? ['', oneLine(text)] : [])].join('\n').trimEnd()
}

/** The code as a PNG picture: error correction M, at most version 13, as EPC069-12 wants them; undefined where there is no such code. */
export async function drawTransfer(transfer: Transfer): Promise<Buffer | undefined> {
  const said = transferText(transfer)
  if (said === undefined) return undefined
  const { version } = qrcode.create(said, { errorCorrectionLevel: 'M' })
  return version > 13 ? undefined : qrcode.toBuffer(said, { errorCorrectionLevel: 'M', margin: 4, scale: 6 })
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
