// A browser that understands speech, for tests; HOW stands in front of it. hearing.hear("words") is somebody speaking.
{
  const hearing = { asked: [], now: null, local: [] };
  hearing.hear = (transcript) => hearing.now.onresult({ resultIndex: 0, results: [Object.assign([{ transcript }], { isFinal: true })] });
  window.hearing = hearing;
  window.SpeechRecognition = class {
    static async available(asked) {
      hearing.asked.push(asked);
      return asked.langs[0] === "nb-NO" ? HOW : "unavailable";
    }
    get processLocally() {
      return this.local ?? false;
    }
    set processLocally(on) {
      this.local = on;
    }
    start() {
      hearing.now = this;
      hearing.local.push(this.processLocally);
    }
    abort() {
      hearing.now = null;
    }
  };
}
