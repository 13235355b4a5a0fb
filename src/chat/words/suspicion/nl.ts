import type { SuspicionWords } from './en.ts'

const hiding = {
  not_displayed: 'die wordt niet weergegeven',
  too_small: 'die is te klein om te zien',
  off_the_page: 'die staat buiten de pagina',
  colorless: 'die heeft geen eigen kleur',
}

/** Why a mail is not to be trusted, in Dutch. */
export const suspicionNl: SuspicionWords = {
  ignore_instructions: 'De mail zegt de lezer instructies te negeren.',
  speaks_to_machine: 'De mail richt zich tot een AI, een assistent of een systeem.',
  machine_conversation: 'De mail doet alsof hij deel is van een gesprek met een machine.',
  names_tools: 'De mail noemt functies, acties of instellingen van een programma.',
  acts_alone: 'De mail beveelt een programma om zelf te handelen.',
  asks_to_decode: 'De mail vraagt een programma om iets te decoderen.',
  letters_apart: 'De mail verbergt instructies in losse letters.',
  encoded: 'De mail bevat gecodeerde tekst.',
  model_reports: 'Het taalmodel meldt dat de mail een programma probeert aan te sturen.',
  disguised: 'De woorden zijn vermomd.',
  new_details: 'De mail spreekt van nieuwe of gewijzigde bankgegevens. Bel een bekend nummer voordat er iets verandert.',
  asks_to_confirm: 'De mail vraagt om bankgegevens te bevestigen. Die worden nooit per mail bevestigd.',
  claim_handed_on: 'De mail zegt dat een vordering nu van iemand anders is, die betaald moet worden. Bel een bekend nummer.',
  where_to_pay: 'De mail zegt op welke rekening te betalen. Vergelijk die eerst met de bekende rekening.',
  other_account: 'De mail zegt een andere rekening te gebruiken, of een die er niet in staat. Bel eerst een bekend nummer.',
  presses: 'De mail dringt aan op een overboeking, in het geheim en zonder telefoontje. Bel eerst een bekend nummer.',
  other_country: ({ now, before }) =>
    `De mail noemt een rekening in ${now}; deze debiteur betaalt zover bekend uit ${before.join(', ')}. Bel een bekend nummer.`,
  imitates: ({ domain, known }) => `Het domein ${domain} van de afzender lijkt op het bekende ${known}, maar is een ander.`,
  name_shows: ({ named, domain }) => `De naam van de afzender toont ${named}, maar het adres is van ${domain}.`,
  answers_elsewhere: ({ elsewhere, domain }) =>
    `Antwoorden zouden naar ${elsewhere ?? 'een ander adres bij een openbare aanbieder'} gaan, niet naar ${domain} van de afzender.`,
  hides_text: ({ how }) => `De mail verbergt tekst voor de lezer (${hiding[how]}).`,
  invisible_letters: 'De mail bevat letters die niet te zien zijn.',
  not_from_domain: 'Het domein van de afzender zegt dat deze mail er niet vandaan komt (SPF, DKIM of DMARC mislukt).',
  said: ({ text }) => text,
}
