import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChat } from '#chat'
import { commands } from '../../src/chat/commands/registry.ts'
import { languages, wordsOf } from '../../src/chat/words/index.ts'
import { anOffice, aPromise } from '../proposals/support.ts'
import { chatSettings } from './chat-settings.ts'

const texts = (node: object): string[] =>
  Object.values(node).flatMap((value: unknown) => (typeof value === 'object' && value !== null ? texts(value) : typeof value === 'string' ? [value] : []))

const asksDebtor = (usage: string) => /<(?:debtor|name|search|proposal \| debtor)|\| debtor\]/.test(usage)

test('every command answers in each of the five languages with no word of another, and about a debtor out of sight as if there were none', async t => {
  const office = await anOffice(t)
  const { db, clock, proposals, mia, debtor } = office
  await aPromise(office)
  await db.task.create({ data: { title: 'Bellen', debtorId: debtor.id, dueOn: new Date('2026-11-23') } })
  await db.dispute.create({ data: { debtorId: debtor.id, reason: 'price', ownerId: 1, answerDue: new Date('2030-01-01') } })
  const admin = await db.staff.update({ where: { id: mia.id }, data: { role: 'admin' } })
  const chat = createChat({ client: db, clock, proposals, ...chatSettings })
  const ask = async (language: string, text: string, staff = admin) =>
    JSON.stringify(await chat.command({ staff: { ...staff, language }, surface: 'console', text })).replaceAll(String.raw`\n`, '\n')
  // Sentences, so that no short word of one language is found within a word of another; usage lines are English everywhere.
  const english = texts(wordsOf('en')).filter(text => text.length > 12 && text.includes(' ') && !text.includes('/duncan'))
  const wrong: string[] = []

  for (const language of languages.filter(name => name !== 'en')) {
    const own = texts(wordsOf(language))
    const foreign = english.filter(text => !own.some(said => said.includes(text)))
    for (const { name, usage } of commands) {
      const typed = asksDebtor(usage) ? `${name} D100` : name
      const answer = await ask(language, typed)
      wrong.push(...foreign.filter(text => answer.includes(text)).map(text => `${language} ${typed}: ${text}`))
    }
  }
  assert.deepEqual(wrong, [])

  for (const { name, usage } of commands.filter(command => asksDebtor(command.usage))) {
    for (const query of ['D100', 'zonneveld']) {
      const [hidden, absent] = [await ask('en', `${name} ${query}`, { ...admin, administrations: ['other'] }), await ask('en', `${name} xyzzyq`)]
      assert.equal(hidden.replaceAll(query, '?'), absent.replaceAll('xyzzyq', '?'), `${usage}: ${query}`)
    }
  }
})
