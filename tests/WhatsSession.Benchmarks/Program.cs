using WhatsSession.Benchmarks;
using WhatsSession.Tests;

switch (args)
{
    case ["budgets", .. var numbers]:
        return await Budgets.RunAsync(
        [
            new InboundWebhook(),
            new InboundBatch(),
            new SignatureOfSmallBody(),
            new SignatureOfLargeBody(),
            new SignatureByPublicVerify(),
            new GuardedSend(),
            new WindowCheckByPhone(),
            new WindowCheckByUserId(),
            new WindowCheckByHandle(),
            new WindowCheckOfLinked(),
            new ApplyInbound(),
            new MemoryOfConversations(),
            new MemoryOfLinked(),
            new SweepOfDeadlines(),
            new PollOfAlerts(),
            new ClaimsOfAlerts(),
            new WebhookOverLoopback(file: null),
            new StoredWebhooks(connections: 16, isHandled: false),
            new StoredWebhooks(connections: 64, isHandled: false),
            new StoredWebhooks(connections: 16, isHandled: true),
            new StoredWebhooks(connections: 64, isHandled: true),
            new DispatchOfWaiting(isStored: false),
            new DispatchOfWaiting(isStored: true),
            new StoredSend(callers: 1),
            new StoredSend(callers: 16),
            new HistoryRead(),
            new BytesOnDisk(),
            new WebhookBesideBlockedHandlers(),
            new MediaUploadOf100Megabytes(),
            new MediaDownloadOf100Megabytes(),
            new EmulatorSend(hasConsumer: false),
            new EmulatorSend(hasConsumer: true),
            new EmulatorMemory(),
            new EmulatorStart(),
        ],
            numbers);
    case ["kinds"]:
        return await Budgets.RunAsync([.. Kinds.All.Where(kind => kind.ReadWithTyping is null).Select((kind, i) => new GuardedSendOfKind(kind, i))], []);
    case ["million"]:
        return await Budgets.RunAsync([new IngestIntoMillion()], []);
    case ["rate"]:
        await WebhookRate.RunAsync(file: null);
        return 0;
    case ["rate", var file]:
        await WebhookRate.RunAsync(file);
        return 0;
    case ["webhooks"]:
        await WebhookServer.RunAsync(file: null);
        return 0;
    case ["webhooks", "handled"]:
        await WebhookServer.RunAsync(file: null, static () => { });
        return 0;
    case ["webhooks", "blocked"]:
        await WebhookServer.RunAsync(file: null, WebhookBesideBlockedHandlers.Block);
        return 0;
    case ["stored", var file, var floorFile, .. var handled]:
        await StoredWebhookServer.RunAsync(file, floorFile, handled is ["handled"]);
        return 0;
    case ["webhooks", var store]:
        await WebhookServer.RunAsync(store);
        return 0;
    case ["media"]:
        await MediaServer.RunAsync();
        return 0;
    case ["stub"]:
        await StubServer.RunAsync();
        return 0;
    case ["emulator"]:
        await EmulatorStart.RunEmulatorAsync();
        return 0;
    case ["kestrel"]:
        await EmulatorStart.RunFloorAsync();
        return 0;
    default:
        await Console.Error.WriteLineAsync("Give \"budgets\" to print every figure beside its floor, or with numbers of rows to print those; \"kinds\" to print time and bytes of a send of each kind of message; \"million\" to print ingest into a file of a million events beside one of 20,000; \"rate\" to print webhooks a second, in memory or with the name of a new file.");
        return 2;
}
