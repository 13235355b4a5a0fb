import type { AwayWords } from './en.ts'

/** What is said about colleagues whose status says that they are away, in French. */
export const awayFr: AwayWords = {
  seemsAwayUntil: (name, day) => `${name} semble absent(e) jusqu’au ${day}`,
  seemsAway: name => `${name} semble absent(e)`,
  status: said => `Statut Slack : ${said}`,
  statusNoEnd: said => `Statut Slack, sans date de fin : ${said}`,
  waits: count => (count === 0 ? 'Rien ne l’attend pour le moment.' : count === 1 ? 'Un dossier l’attend.' : `${count} dossiers l’attendent.`),
  nothingMoves: command => `Le travail reste où il est tant que personne ne remplace. Quelqu’un d’autre : ${command}`,
  iCover: day => `Je remplace jusqu’au ${day}`,
  theyWork: 'Travaille normalement',
  isAway: name => `${name} est absent(e)`,
  works: name => `${name} travaille`,
  saidBy: name => `C’est ce que dit ${name}. Plus rien n’est demandé sur ce statut.`,
  seemedAway: name => `${name} semblait absent(e)`,
  over: 'Le statut ne le dit plus.',
}
