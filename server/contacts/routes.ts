import { Hono } from 'hono'
import { contactRemovalSchema, contactRequestSchema } from '#contract/customership.ts'
import { entryIdSchema } from '#contract/id.ts'
import { readParam } from '#server/http/input.ts'
import { changeAtOffice } from '#server/http/office-change.ts'
import { removeContact, stateContact } from './state-contact.ts'

/** Family members, authorities and others: whom to reach, and whom not to let in. */
export function contactRoutes(): Hono {
  const routes = new Hono()
  const path = '/api/office/customerships/:id/contacts/:entry'

  routes.put(path, async (c) =>
    c.json(
      await changeAtOffice(c, contactRequestSchema, 'organising', (change, statement, by) =>
        stateContact(change, readParam(c, 'entry', entryIdSchema), statement, by.id)
      )
    )
  )

  routes.delete(path, async (c) =>
    c.json(
      await changeAtOffice(c, contactRemovalSchema, 'organising', (change, { based }, by) =>
        removeContact(change, readParam(c, 'entry', entryIdSchema), based, by.id)
      )
    )
  )

  return routes
}
