// Locks as one browser has them, shared by its tabs: each name is held by one, and the next one waits, or is told.

export function browserLocks() {
  const held = new Map(); // by name: when the last one that asked for it is over
  return {
    request(name, how, work = how) {
      if (how.ifAvailable && held.has(name)) return Promise.resolve(work(null));
      const before = Promise.resolve(held.get(name)).catch(() => {});
      const mine = before.then(() => work({ name })).finally(() => held.get(name) === mine && held.delete(name));
      held.set(name, mine);
      return mine;
    },
    query: async () => ({ held: [...held.keys()].map((name) => ({ name })) }),
  };
}
