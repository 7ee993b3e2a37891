namespace WhatsSession.StorePromises;

/// <content>Windows that are known by an import alone.</content>
public abstract partial class EnginePromises
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Import_WindowThatIsOpen_HasItsAlertOnceAndCallsNoHandlerOfMessages(bool many)
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnWindowClosing(TimeSpan.FromHours(2), static (_, _) => Task.CompletedTask));
        await shop.PassAsync(Duration.FromMinutes(5));
        await shop.PassAsync(Duration.FromMinutes(5));
        var (open, over) = (shop.Now - Duration.FromHours(1), shop.Now - Duration.FromHours(25));
        if (many)
        {
            (await shop.Hosts[0].Client.Number("support").ImportCustomerMessagesAsync(Import((Shop.Phone, open), (OtherPhone, over)), Token)).Should().Be(2);
        }
        else
        {
            await shop.Conversation.RecordCustomerMessageAsync(open, Token);
            await shop.On(0, OtherPhone).RecordCustomerMessageAsync(over, Token);
        }

        await shop.PassAsync(Duration.FromHours(21) - Duration.FromSeconds(1));
        shop.Saw<WhatsAppEvent>().Should().BeEmpty();
        await shop.PassAsync(Duration.FromSeconds(1));
        await shop.Conversation.RecordCustomerMessageAsync(open, Token);
        await shop.PassAsync(Duration.FromHours(30));

        var closing = shop.Saw<WhatsAppEvent>().Should().ContainSingle().Which.Should().BeOfType<WindowClosing>().Subject;
        (closing.Conversation, closing.Opened).Should().Be((shop.Conversation.Key, open));
        (await shop.Conversation.GetHistoryAsync(10, Token)).Should().BeEmpty();
    }

    private static async IAsyncEnumerable<(CustomerId Customer, Instant At)> Import(params (string Phone, Instant At)[] messages)
    {
        foreach (var (phone, at) in messages)
        {
            await Task.Yield();
            yield return (CustomerId.Parse(phone), at);
        }
    }
}
