// A device that can speak, for tests: nothing is heard, and window.speech tells what would have been. Put in before a page's own
// scripts; VOICES stands in front of it: [{ lang, localService }, …].
{
  const speech = { said: [], now: null, voices: VOICES, refuse: false };
  speech.end = () => {
    const was = speech.now;
    speech.now = null;
    was?.onend?.({});
  };
  speech.come = (voices) => {
    speech.voices = voices;
    synth.dispatchEvent(new Event("voiceschanged"));
  };
  const synth = Object.assign(new EventTarget(), {
    getVoices: () => speech.voices,
    speak(one) {
      speech.now = one;
      speech.said.push({ text: one.text, lang: one.lang, rate: one.rate, voice: one.voice?.lang });
      if (speech.refuse) queueMicrotask(() => one.onerror?.({ error: "not-allowed" }));
    },
    cancel() {
      const was = speech.now;
      speech.now = null;
      window.told?.("silence");
      if (was) queueMicrotask(() => was.onerror?.({ error: "canceled" }));
    },
    pause() {},
    resume() {},
  });
  window.speech = speech;
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  Object.defineProperty(window, "speechSynthesis", { value: synth, configurable: true });
}
