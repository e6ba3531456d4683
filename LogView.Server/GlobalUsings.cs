// Microsoft.Extensions.Logging, an implicit using of web projects, has an EventId too.
global using EventId = LogView.Client.Contracts.Events.EventId;
