/** Looked up beside the app, as expressions that any engine can be asked for. */

/** How many values each of the vault's stores holds. */
export const held = `(async () => {
  const names = (await indexedDB.databases()).map((each) => each.name ?? '')
  const open = (name) => new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(new Error('not opened'))
  })
  const database = await open(names.find((each) => each.startsWith('kotikaynti-')) ?? '')
  const counts = []
  for (const store of ['customerships', 'faces', 'copies'])
    counts.push(await new Promise((resolve) => {
      const counting = database.transaction(store).objectStore(store).count()
      counting.onsuccess = () => resolve(counting.result)
    }))
  database.close()
  return counts.join(' ')
})()`

/** Whether the families that are held may be held until that day, and no longer. */
export const mayBeHeldUntil = (day: string): string => `(async () => {
  const names = (await indexedDB.databases()).map((each) => each.name ?? '')
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open(names.find((each) => each.startsWith('kotikaynti-')) ?? '')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(new Error('not opened'))
  })
  const rows = await new Promise((resolve) => {
    const asking = database.transaction('customerships').objectStore('customerships').getAll()
    asking.onsuccess = () => resolve(asking.result)
  })
  database.close()
  return rows.length > 0 && rows.every((row) => row.purgeAfter === '${day}')
})()`

/** As if this tablet had seen that time: the highest ever seen is what days are judged by. */
export const seeTime = (milliseconds: number): string => `(async () => {
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('kotikaynti')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(new Error('not opened'))
  })
  const writing = database.transaction('marks', 'readwrite')
  writing.objectStore('marks').put({ id: 'time', highest: ${milliseconds}, offset: 0 })
  await new Promise((resolve, reject) => {
    writing.oncomplete = resolve
    writing.onabort = () => reject(new Error('not written'))
  })
  database.close()
  return true
})()`

/** The worker that opens the app without a network stands ready. */
export const canStartAlone = `(async () =>
  (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated')()`
