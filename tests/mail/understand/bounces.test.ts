import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endsAddress } from '#mail'
import { detectBounce } from '../../../src/mail/detect-bounce.ts'
import { parseMail } from '../../../src/mail/parse-mail.ts'
import { understandMail } from '../../../src/mail/understand-mail.ts'
import { readCorpus } from '../../evals/corpus.ts'
import { readSpecimens } from './specimens.ts'

for (const file of ['bounces-of-servers.txt', 'bounces-as-reports.txt', 'bounces-of-languages.txt', 'bounces-of-all-kinds.txt']) {
  test(`each of ${file} names whom it is about, whether for good, and why`, async () => {
    const wrong: string[] = []
    for (const { name, source, expected } of readSpecimens(file)) {
      const { kind, bounced } = understandMail(await parseMail(source))

      const told = bounced.map(({ recipient, permanent, cause }) => [recipient, permanent ? 'P' : 'T', cause])
      if (kind !== 'bounce' || !isSame(told, expected)) wrong.push(`${name}: ${kind} ${JSON.stringify(told)}`)
    }

    assert.deepEqual(wrong, [])
  })
}

const isSame = (one: string[][], other: string[][]): boolean => inOrder(one) === inOrder(other)
const inOrder = (told: string[][]): string =>
  told
    .map(each => each.join(' '))
    .toSorted()
    .join('\n')

test('what resembles a bounce is none: people about returned mail or goods, reports of success, receipts, digests, parcels', async () => {
  const wrong: string[] = []
  for (const { name, source } of readSpecimens('ordinary.txt')) {
    const { kind } = understandMail(await parseMail(source))
    if (kind === 'bounce') wrong.push(name)
  }

  assert.deepEqual(wrong, [])
})

test('no labelled mail of a debtor is a bounce, nor when a machine with an empty return path sends it', async () => {
  const mails = readCorpus().filter(({ intents }) => !intents.includes('bounce'))
  const template = await parseMail(Buffer.from('From: Jan Bakker <jan@bakker.example>\r\nTo: ar@seller.example\r\n\r\n'))
  const ofMachine = [
    { name: 'return-path', value: '<>' },
    { name: 'auto-submitted', value: 'auto-generated' },
  ]

  const taken = mails.filter(({ subject, text }) =>
    [[], ofMachine].some(headers => detectBounce({ ...template, headers: [...template.headers, ...headers], subject, text })),
  )

  assert.ok(mails.length > 200)
  assert.deepEqual(
    taken.map(({ id }) => id),
    [],
  )
})

test('an address gets no more mail when it failed for good and the cause lies in the address', () => {
  const ended = (['unknown_user', 'domain_not_found', 'disabled', 'relay_denied', 'other'] as const).map(cause => endsAddress({ permanent: true, cause }))
  const spared = (['mailbox_full', 'policy', 'too_large', 'timeout'] as const).map(cause => endsAddress({ permanent: true, cause }))

  assert.deepEqual([...new Set(ended)], [true])
  assert.deepEqual([...new Set(spared)], [false])
  assert.equal(endsAddress({ permanent: false, cause: 'unknown_user' }), false)
})
