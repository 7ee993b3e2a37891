using WhatsSession.Benchmarks;
using WhatsSession.MessageKinds.Tests;

switch (args)
{
    case ["budgets", .. var numbers]:
        return await Budgets.RunAsync(
        [
            new InboundWebhook(),
            new InboundBatch(),
            new SignatureOfSmallBody(),
            new SignatureOfLargeBody(),
            new GuardedSend(),
            new WindowCheckByPhone(),
            new WindowCheckByUserId(),
            new WindowCheckByHandle(),
            new ApplyInbound(),
            new MemoryOfConversations(),
            new WebhookOverLoopback(),
            new MediaUploadOf100Megabytes(),
            new MediaDownloadOf100Megabytes(),
        ],
            numbers);
    case ["kinds"]:
        return await Budgets.RunAsync([.. Kinds.All.Where(kind => kind.ReadWithTyping is null).Select((kind, i) => new GuardedSendOfKind(kind, i))], []);
    case ["webhooks"]:
        await WebhookServer.RunAsync(file: null);
        return 0;
    case ["webhooks", var file]:
        await WebhookServer.RunAsync(file);
        return 0;
    case ["media"]:
        await MediaServer.RunAsync();
        return 0;
    case ["stub"]:
        await StubServer.RunAsync();
        return 0;
    default:
        await Console.Error.WriteLineAsync("Give \"budgets\" to print every figure beside its floor, or with numbers of rows to print those; \"kinds\" to print the bytes of a send of each kind of message.");
        return 2;
}
