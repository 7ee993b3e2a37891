using WhatsSession;

namespace SupportBot;

/// <summary>Answers a text with a menu, and a tap on the menu with what it leads to.</summary>
public sealed class SupportHandler(TimeProvider clock) : IHandle<TextReceived>, IHandle<ButtonReplied>
{
    public async Task HandleAsync(Received<TextReceived> received, CancellationToken cancellationToken = default) =>
        await received.ReplyAsync(
            new ReplyButtonsMessage("How can we help?", new ReplyButton("hours", "Opening hours"), new ReplyButton("person", "Talk to a person")),
            cancellationToken);

    public async Task HandleAsync(Received<ButtonReplied> received, CancellationToken cancellationToken = default) =>
        await received.ReplyAsync(
            received.Message.ButtonId switch
            {
                "hours" => "We are here every day from 9:00 to 17:00 UTC.",
                "person" when IsOpen() => "A colleague will write to you in a few minutes.",
                "person" => "We are closed now. A colleague will write to you after 9:00 UTC.",
                _ => "That button is old. Write to us and you will get a new menu.",
            },
            cancellationToken);

    private bool IsOpen() => clock.GetUtcNow().Hour is >= 9 and < 17;
}
