// A form's own submit carries everything. It waits, at most a second, for a save that is on its way, so that the two do
// not meet on the server as if two people were writing. Without a save under way it waits for nothing.

/** Calls `onSubmit` when the form really goes. `pending()`: the promise of the save under way, or null. */
export function submitAfter(form, pending, onSubmit = () => {}) {
  let going = false;
  form.addEventListener("submit", (event) => {
    const save = pending();
    if (going || !save) {
      going = true;
      onSubmit();
      return;
    }
    event.preventDefault();
    going = true;
    const { submitter } = event;
    const second = new Promise((resolve) => setTimeout(resolve, 1_000));
    Promise.race([save, second]).finally(() => form.requestSubmit(submitter));
  });
  // Back from the browser's own memory: typing goes on as before.
  addEventListener("pageshow", () => {
    going = false;
  });
  return { isGoing: () => going };
}
