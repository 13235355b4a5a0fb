import type { StateWords } from './en.ts'

/** How Duncan itself stands, in Polish. */
export const statePl: StateWords = {
  helpMailboxes: 'czy widoczne dla Ciebie skrzynki są czytane',
  helpImport: 'kiedy ostatnio wczytano księgi',
  helpAutonomy: 'co Duncan robi bez pytania',
  helpSettings: 'Twój język, godziny ciszy i lista poranna',
  mailboxes: 'Skrzynki',
  mailbox: 'Skrzynka',
  status: 'Stan',
  lastRead: 'Ostatnio czytana',
  never: 'nigdy',
  noMailboxes: 'Nie widzisz żadnej skrzynki.',
  statuses: { starting: 'uruchamia się', ok: 'jest czytana', failing: 'nie można jej czytać', paused: 'wstrzymana', removed: 'nie ma jej już w ustawieniach' },
  sendingHeld: 'wysyłanie czeka od przywrócenia kopii',
  imports: 'Księgi',
  administration: 'Jednostka',
  imported: 'Ostatni import',
  age: 'Godzin temu',
  noAdministrations: 'Nie widzisz żadnej jednostki.',
  autonomy: 'Co Duncan robi sam',
  asks: 'Duncan pyta przed każdym działaniem. Niczego się nie wysyła, nie księguje ani nie zmienia u dłużnika, zanim ktoś nie zdecyduje na karcie.',
  protects:
    'Jeden wyjątek, który można cofnąć na karcie: to, co chroni dłużnika, dzieje się od razu, na przykład wstrzymanie wezwań przy sporze lub upadłości.',
  ceilings:
    'Na więcej trzeba zasłużyć, osobno dla rodzaju działania, intencji i języka, tym, co ludzie zatwierdzają bez zmian; przyznaje to kierownik. Teraz nic nie jest przyznane.',
}
