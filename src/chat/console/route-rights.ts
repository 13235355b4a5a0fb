import type { NextFunction, Request, Response } from 'express'
import { may, type Right } from '#people'
import { staffOf } from './guard.ts'

/**
 * Every route behind the sign-in, and the right that it takes; a route that is not here does not exist. `signed_in`: for everybody, as
 * their own page or because every click and command asks for its own right.
 */
export const routeRights = {
  'GET /me': 'signed_in',
  'GET /sessions': 'signed_in',
  'DELETE /sessions/:id': 'signed_in',
  'POST /sessions/end-others': 'signed_in',
  'GET /events': 'look_up',
  'GET /channels': 'look_up',
  'GET /channels/:channel/posts': 'look_up',
  'GET /seen': 'look_up',
  'GET /posts/:id': 'look_up',
  'GET /posts/:id/thread': 'look_up',
  'POST /posts/:id/thread': 'note',
  'POST /posts/:id/share': 'look_up',
  'DELETE /posts/:id': 'signed_in',
  'POST /click': 'signed_in',
  'POST /command': 'signed_in',
  'GET /debtors': 'look_up',
  'GET /debtors/:id': 'look_up',
  'GET /files/attachments/:id': 'look_up',
  'GET /files/pictures/:id': 'look_up',
  'GET /files/mails/:id': 'look_up',
  'GET /files/reports/:report': 'look_up',
  'GET /files/actions/:id/:index': 'look_up',
  'GET /files/entries/:id': 'look_up',
  'GET /demo/personas': 'signed_in',
  'POST /demo/mail': 'signed_in',
  'GET /demo/staff': 'signed_in',
  'POST /demo/staff/:id': 'signed_in',
} as const satisfies Record<string, Right | 'signed_in'>

const routes = Object.entries(routeRights).map(([route, right]) => {
  const [method = '', path = ''] = route.split(' ')
  return { method, path: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}/?$`), right }
})

/** Refuses who lacks the right to a route, before the route looks at anything. */
export function rightOnly({ method, path }: Request, response: Response, next: NextFunction): void {
  const asked = method === 'HEAD' ? 'GET' : method
  const route = routes.find(each => each.method === asked && each.path.test(path))
  if (!route) return void response.status(404).json({ error: 'no_such_route' })
  if (route.right !== 'signed_in' && !may(staffOf(response), route.right)) return void response.status(403).json({ error: 'not_allowed' })
  next()
}
