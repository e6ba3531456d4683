// What the live tail uses of SignalR, and nothing of its Node parts.
export { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel } from '@microsoft/signalr';
export { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
