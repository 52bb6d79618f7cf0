import type { Page } from 'playwright-core'
import { syncTag } from '#lib/outbox/background-sync.ts'

/** The browser wakes the app's service worker as it does when the network is back, whether a page is open or not. */
export async function wakeServiceWorker(page: Page, origin: string): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin))
      if (ours) resolve(ours.registrationId)
    })
  })
  await browser.send('ServiceWorker.enable')
  const registrationId = await registered
  const event = { origin, registrationId, tag: syncTag, lastChance: false }
  await browser.send('ServiceWorker.dispatchSyncEvent', event)
  await browser.detach()
}
