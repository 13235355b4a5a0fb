import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { detectBounce } from '../src/mail/detect-bounce.ts'
import { parseMail } from '../src/mail/parse-mail.ts'
import type { ParsedMail } from '../src/mail/parsed-mail.ts'
import { readSpecimens } from '../tests/mail/understand/specimens.ts'
import { mailAt } from './mail-corpus.ts'

export type BouncesBench = {
  bounces: number
  bounceMedianMs: number
  bounceP99Ms: number
  ordinaryMails: number
  ordinaryMedianMs: number
  ordinaryP99Ms: number
}

/** What telling a bounce takes a mail, beyond parsing it: of bounces of many servers, and of ordinary mails. */
export const benchBounces = async ({ rounds, mails }: { rounds: number; mails: number }): Promise<BouncesBench> => {
  const specimens = ['bounces-of-servers.txt', 'bounces-as-reports.txt', 'bounces-of-languages.txt', 'bounces-of-all-kinds.txt'].flatMap(readSpecimens)
  const bounces = await Promise.all(specimens.map(({ source }) => parseMail(source)))
  const ordinary = await Promise.all(Array.from({ length: mails }, (_, at) => parseMail(mailAt(at, { plain: true }))))
  measure(bounces) // The first round is the compiler's.
  const ofBounces = Array.from({ length: rounds }, () => measure(bounces)).flat()
  const ofOrdinary = measure(ordinary)
  return {
    bounces: ofBounces.length,
    bounceMedianMs: quantile(ofBounces, 0.5),
    bounceP99Ms: quantile(ofBounces, 0.99),
    ordinaryMails: ordinary.length,
    ordinaryMedianMs: quantile(ofOrdinary, 0.5),
    ordinaryP99Ms: quantile(ofOrdinary, 0.99),
  }
}

const measure = (mails: ParsedMail[]): number[] =>
  mails.map(mail => {
    const before = performance.now()
    detectBounce(mail)
    return performance.now() - before
  })

const quantile = (figures: number[], share: number): number =>
  Math.round((figures.toSorted((one, other) => one - other)[Math.floor(figures.length * share)] ?? 0) * 1000) / 1000

if (import.meta.main) {
  const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } } })
  const result = await benchBounces({ rounds: Number(options.rounds), mails: 500 })
  if (options.json) console.log(JSON.stringify(result))
  else console.table(result)
}
