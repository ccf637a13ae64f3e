// Two soft tones before a call. A browser lets a page sound only after somebody touched it, or where the TV's browser
// was started with that allowed.
const TONES = [
  { hertz: 659.3, at: 0 },
  { hertz: 523.3, at: 0.45 },
];
const LASTS_S = 1.1;
const LOUDNESS = 0.35;

export class Chime {
  #context = new AudioContext();

  /** Whether it would be heard. */
  get allowed() {
    return this.#context.state === "running";
  }

  /** To be called from a touch. */
  allow() {
    return this.#context.resume();
  }

  ring() {
    if (!this.allowed) return;
    for (const { hertz, at } of TONES) this.#tone(hertz, this.#context.currentTime + at);
  }

  #tone(hertz, start) {
    const tone = new OscillatorNode(this.#context, { frequency: hertz });
    const loudness = new GainNode(this.#context, { gain: 0 });
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + LASTS_S);
    tone.connect(loudness).connect(this.#context.destination);
    tone.start(start);
    tone.stop(start + LASTS_S);
  }
}
