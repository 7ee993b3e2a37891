namespace WhatsSession.KilledHost;

/// <summary>The handlers of a host that is killed, and of the last one, which does what the others left.</summary>
internal static class ServingHandlers
{
    /// <param name="builder">Receives them.</param>
    /// <param name="tell">Is told what they have done.</param>
    public static void Add(WhatsSessionBuilder builder, Action<string> tell) => builder
        .OnMessage<TextReceived>("answers", async (m, ct) =>
        {
            var text = m.Message.Text;
            var options = new SendOptions { OrTemplate = new TemplateMessage("order_shipped", "en_US", text), WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(1)) };
            await m.ReplyAsync(new TextMessage("re-" + text), options, ct);
            await m.ReplyAsync(new TextMessage("key-" + text), new SendOptions { IdempotencyKey = text }, ct);
            if (m.Attempt == 1 && text.EndsWith('3'))
            {
                throw new InvalidOperationException("A handler that fails after its replies.");
            }

            tell("handled " + text);
        })
        .OnWindowClosing(TimeSpan.FromHours(1), async (alert, ct) =>
        {
            await alert.ReplyAsync($"alert-{alert.Event.Key}", ct);
        });
}
