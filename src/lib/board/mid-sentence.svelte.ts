const REST = 1_500; // ms without a letter; less than the connection waits before it sets late words aside

/** Whoever types while writing ends goes on until they rest: their keys are on the way before their eyes see why. */
export function midSentence() {
  let isOn = $state(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    get isOn() {
      return isOn;
    },
    typed() {
      isOn = true;
      clearTimeout(timer);
      timer = setTimeout(() => (isOn = false), REST);
    },
  };
}
