/** Stands for `lib0/broadcastchannel` in the browser's build: each tab has a connection of its own (`disableBc`). */
const nothing = (): void => undefined;

export { nothing as publish, nothing as subscribe, nothing as unsubscribe };
