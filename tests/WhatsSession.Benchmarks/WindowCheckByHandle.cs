namespace WhatsSession.Benchmarks;

/// <summary>Row 5 through handles that have been asked before.</summary>
internal sealed class WindowCheckByHandle : WindowCheck
{
    private readonly Conversation[] _handles = new Conversation[Count];

    public override string Number => "5c";

    public override string Name => "window check at 1M, by a handle asked before";

    public override double TimeBudget => 1.5;

    public override async ValueTask<string?> PrepareAsync()
    {
        await base.PrepareAsync();
        for (var i = 0; i < Count; i++)
        {
            _handles[i] = BusinessNumber.Conversation(Keys[i].Customer!.Value);
            await _handles[i].GetWindowAsync();
        }

        return null;
    }

    protected override string PartyOf(int number) => Phone(number);

    protected override long Ask(int index) => SecondOf(Completed(_handles[index].GetWindowAsync()));
}
