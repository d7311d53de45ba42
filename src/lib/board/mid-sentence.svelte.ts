const REST = 1_500; // ms without a letter; less than the connection waits before it sets late words aside

/** Whoever types while writing ends goes on until they rest: their keys are on the way before their eyes see why. */
export function midSentence() {
  let lately = $state(0);
  return {
    get isOn() {
      return lately > 0;
    },
    typed() {
      lately += 1;
      setTimeout(() => (lately -= 1), REST);
    },
  };
}
