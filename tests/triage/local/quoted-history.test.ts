import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCorpus, splitCorpus } from '../../evals/corpus.ts'
import { readLocally } from '../../evals/engines.ts'
import { judgeQuoted, quoteMails } from '../../evals/judge-quoted.ts'
import { quoteStyles } from '../../evals/quoted-mail.ts'

test('no promise, payment or dispute is read out of what stands quoted below, in whatever style and language', async () => {
  const { heldBack } = splitCorpus(readCorpus())
  const calm = heldBack.filter(({ intents }) =>
    intents.every(intent => intent === 'acknowledgement' || intent === 'other_question' || intent === 'statement_request'),
  )
  const ofLanguages = [...Map.groupBy(calm, ({ language }) => language).values()].flatMap(mails => mails.slice(0, quoteStyles.length + 1))

  const figures = await judgeQuoted(readLocally(), await quoteMails(ofLanguages))

  assert.ok(figures.mails > 5 * quoteStyles.length)
  assert.deepEqual(figures.wrong, [])
})
